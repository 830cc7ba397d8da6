/**
 * Lists of targets that others write: groups of addresses with labels, in files that change while
 * Oriel runs. What is scraped and what collectors read are listed alike.
 *
 * <p>In: patterns of paths. Out: {@link io.oriel.wire.targets.TargetGroup}s as they are now, and
 * what is wrong with a file whose last good content stays. Come in by {@link
 * io.oriel.wire.targets.TargetFiles}; the form of a file is that of Prometheus' {@code
 * file_sd_configs}.
 */
@NullMarked
package io.oriel.wire.targets;

import org.jspecify.annotations.NullMarked;
