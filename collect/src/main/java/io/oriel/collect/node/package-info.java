/**
 * The machine itself, read from /proc and /sys and told in node_exporter's names, labels, types and
 * units.
 *
 * <p>Come in by {@link io.oriel.collect.node.NodeCollector}. A {@code Part} is what node_exporter
 * calls a collector: one small class with its table of metrics and the walk over its file. {@code
 * KernelFiles} reads the bytes, {@code Text} walks them, {@code Libc} is the way into the kernel.
 *
 * <p>A part that is not there or not allowed has success 0 and harms no other. What the kernel does
 * not say is not told: missing is not zero.
 */
@NullMarked
package io.oriel.collect.node;

import org.jspecify.annotations.NullMarked;
