package io.oriel.promql.expr;

import java.util.List;

/** How an aggregation groups: by the named labels, or by all but those. */
public record Grouping(boolean without, List<String> labels) {
  public static final Grouping ALL = new Grouping(false, List.of());

  public Grouping {
    labels = List.copyOf(labels);
  }
}
