package io.oriel.promql.expr;

import org.jspecify.annotations.Nullable;

/**
 * Where in time a selector looks: {@code @} fixes the moment first, then {@code offset} is taken
 * from it, in whatever order they are written.
 *
 * @param atMs the moment of {@code @ 1609746000}, null where there is none
 * @param edge {@code @ start()} or {@code @ end()}, null where there is none
 * @param offset null where there is none
 */
public record Shift(@Nullable Long atMs, @Nullable Edge edge, @Nullable Span offset) {
  public static final Shift NONE = new Shift(null, null, null);

  /** The edges of the query. */
  public enum Edge {
    START,
    END
  }

  public boolean fixed() {
    return atMs != null || edge != null;
  }

  public Shift withAt(long ms) {
    return new Shift(ms, null, offset);
  }

  public Shift withEdge(Edge other) {
    return new Shift(null, other, offset);
  }

  public Shift withOffset(Span other) {
    return new Shift(atMs, edge, other);
  }
}
