package io.oriel.server.http.prometheus;

import io.oriel.model.Matcher;
import io.oriel.promql.expr.Expr;
import java.util.List;

/** What the API asks of PromQL beside answers. A text that is wrong is refused with its place. */
public interface Language {
  /** The matchers of a series selector: {@code up{job="node"}}. */
  List<Matcher> selector(String text);

  /** The expression over several lines, as Prometheus formats it. */
  String format(String query);

  /** The tree of an expression. */
  Expr tree(String query);
}
