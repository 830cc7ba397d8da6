package io.oriel.model;

/**
 * One observation behind a sample, kept as an example: its labels most often name a trace.
 *
 * @param labels of the exemplar itself, not of its series
 */
public record Exemplar(Labels labels, double value, long timeMs) {}
