package io.oriel.promql.series;

import io.oriel.model.Labels;

/** A series that somebody keeps: labels and a column of its own. */
public record HeldSeries(Labels labels, boolean nameless, Column column) {}
