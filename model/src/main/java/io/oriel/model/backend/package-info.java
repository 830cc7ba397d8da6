/**
 * The sockets that everything plugs into: where samples go in, where series are read, where a query
 * is answered. The embedded store and an external engine both implement these, so neither knows the
 * other and nothing above knows which one it has; {@code server/} joins them by constructors.
 *
 * <pre>
 *   scrape, collect, receive -> MetricSink -> store or engine -> MetricSource  -> promql -> MetricQueries -> server
 * </pre>
 */
@NullMarked
package io.oriel.model.backend;

import org.jspecify.annotations.NullMarked;
