package io.oriel.dashboards.dsl;

/** A way from a dashboard to its neighbour. */
public record Link(String title, String url) {}
