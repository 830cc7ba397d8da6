/**
 * Collectors: they read a system by its own interface and tell it in the names that its field
 * knows.
 *
 * <p>In: nothing but a clock and a place to write to. Out: samples to a {@code MetricSink}, the
 * state of each collector for the pages. Come in by {@link io.oriel.collect.Collecting}, or by
 * {@link io.oriel.collect.OnDemand} where others scrape; what a collector is says {@link
 * io.oriel.collect.Collector}. A room below for each system: {@link io.oriel.collect.node} for the
 * machine itself. How systems are asked: {@link io.oriel.collect.peer} by HTTP, {@link
 * io.oriel.collect.page} for a page of metrics of their own, {@link io.oriel.collect.dbus} for a
 * service of the system bus.
 *
 * <pre>
 *   clock -> CollectorLoop -> Collector.collect(Readings) -> MetricWriter -> store
 *                                                    +----> TextPage (the same readings as text)
 * </pre>
 */
@NullMarked
package io.oriel.collect;

import org.jspecify.annotations.NullMarked;
