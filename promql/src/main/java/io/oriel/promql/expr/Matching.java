package io.oriel.promql.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the series of two vectors find each other.
 *
 * @param on match by the named labels alone; else by all but those
 * @param include labels that {@code group_left} or {@code group_right} takes from the "one" side
 * @param fillLeft what stands in for a missing left side; null: nothing does
 */
public record Matching(
    boolean on,
    List<String> labels,
    Cardinality cardinality,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {
  /** Without a clause: by all labels, one to one. */
  public static final Matching PLAIN =
      new Matching(false, List.of(), Cardinality.ONE_TO_ONE, List.of(), null, null);

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /** How many series of either side may meet. */
  public enum Cardinality {
    ONE_TO_ONE,
    /** {@code group_left}: many on the left, one on the right. */
    MANY_TO_ONE,
    /** {@code group_right}. */
    ONE_TO_MANY
  }

  public boolean fills() {
    return fillLeft != null || fillRight != null;
  }

  /** Whether a clause says by which labels, or how many. */
  public boolean explicit() {
    return on || !labels.isEmpty();
  }
}
