package io.oriel.server;

import io.oriel.model.Matcher;
import io.oriel.promql.Promql;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.ValueType;
import io.oriel.promql.parse.Printer;
import io.oriel.server.http.oriel.OrielApi.QueryFunction;
import io.oriel.server.http.prometheus.Language;
import java.util.List;

/** PromQL as the API asks for it beside answers. */
final class PromqlLanguage implements Language {
  @Override
  public List<Matcher> selector(String text) {
    return Promql.selector(text);
  }

  @Override
  public String format(String query) {
    return Printer.pretty(Promql.parse(query));
  }

  @Override
  public Expr tree(String query) {
    return Promql.parse(query);
  }

  /** Every function with its types, for completion and help. */
  static List<QueryFunction> functions() {
    return Promql.functions().stream()
        .map(row ->
            new QueryFunction(
                row.name(),
                row.takes().stream().map(ValueType::apiName).toList(),
                row.returns().apiName(),
                row.doc()))
        .toList();
  }
}
