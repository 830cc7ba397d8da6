/**
 * The language that dashboards are written in: a {@link io.oriel.dashboards.dsl.Dashboard} has
 * rows, a row has panels, a panel asks queries and says how their answers look. Everything is
 * immutable; what is left unsaid has a sensible default.
 *
 * <p>Out comes Grafana's JSON, schema version 41: panels lie on its 24 columns from left to right,
 * and the text is the same for the same dashboard, byte for byte.
 */
@NullMarked
package io.oriel.dashboards.dsl;

import org.jspecify.annotations.NullMarked;
