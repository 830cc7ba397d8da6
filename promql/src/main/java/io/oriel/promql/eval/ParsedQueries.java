package io.oriel.promql.eval;

import io.oriel.model.limit.Limits;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Parser;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trees of queries that were asked before: dashboards and rules ask the same texts again and
 * again. A tree never changes; what was used longest ago goes first. Thread-safe.
 */
final class ParsedQueries {
  private static final long MOST_BYTES = 4 << 20;
  private static final long LARGE_BYTES = MOST_BYTES / 2; // a tree that is larger is not kept
  private static final int CHARACTER_BYTES = 64; // of the tree, about, for each of its text
  private static final int REGEX_BYTES = 130_000; // at most: a matcher remembers values it tried

  private final Features features;
  private final Limits limits;
  private final Map<String, Expr> trees = new LinkedHashMap<>(64, 0.75f, true); // by last use
  private long bytes;

  ParsedQueries(Features features, Limits limits) {
    this.features = features;
    this.limits = limits;
  }

  /** The tree of a query; refuses as {@link Parser#parse} does. */
  Expr parse(String query) {
    Expr known = find(query);
    if (known != null) return known;
    Expr tree = Parser.parse(query, features, limits);
    keep(query, tree);
    return tree;
  }

  private synchronized @Nullable Expr find(String query) {
    return trees.get(query);
  }

  private synchronized void keep(String query, Expr tree) {
    long size = size(query);
    if (size > LARGE_BYTES || trees.put(query, tree) != null) return;
    bytes += size;
    for (Iterator<String> oldest = trees.keySet().iterator(); bytes > MOST_BYTES; ) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  private static long size(String query) {
    long size = (long) CHARACTER_BYTES * (1 + query.length());
    for (int i = 0; i < query.length(); i++) if (query.charAt(i) == '~') size += REGEX_BYTES;
    return size;
  }

  synchronized long bytes() {
    return bytes;
  }
}
