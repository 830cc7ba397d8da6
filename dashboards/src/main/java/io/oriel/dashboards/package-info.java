/**
 * Dashboards as code: a typed way to write them, and the dashboards that Oriel ships.
 *
 * <p>In: Java. Out: Grafana's dashboard JSON, which Oriel's own pages and any Grafana show. {@link
 * io.oriel.dashboards.dsl} is the language, {@link io.oriel.dashboards.shipped} holds one file a
 * dashboard; {@link io.oriel.dashboards.shipped.Shipped} lists them.
 */
@NullMarked
package io.oriel.dashboards;

import org.jspecify.annotations.NullMarked;
