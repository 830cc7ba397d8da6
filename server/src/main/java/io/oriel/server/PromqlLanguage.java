package io.oriel.server;

import io.oriel.model.Matcher;
import io.oriel.promql.Promql;
import io.oriel.promql.explain.Part;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.ValueType;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Printer;
import io.oriel.server.http.oriel.OrielApi.QueryWord;
import io.oriel.server.http.prometheus.Language;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** PromQL as the API asks for it beside answers. */
final class PromqlLanguage implements Language {
  private final Features features;

  PromqlLanguage(boolean experimental) {
    features = new Features(experimental);
  }

  @Override
  public List<Matcher> selector(String text) {
    return Promql.selector(text);
  }

  @Override
  public String format(String query) {
    return Printer.pretty(Promql.parse(query, features));
  }

  @Override
  public Expr tree(String query) {
    return Promql.parse(query, features);
  }

  /** What a query asks, in words. */
  Part explain(String query) {
    return Promql.explain(query, features);
  }

  /** Every function, aggregation and operator, for completion and help. */
  static List<QueryWord> words() {
    var functions = Promql.functions().stream().map(PromqlLanguage::word);
    var aggregators = Arrays.stream(Aggregator.values()).map(PromqlLanguage::word);
    var operators = Arrays.stream(Operator.values()).map(PromqlLanguage::word);
    return Stream.of(functions, aggregators, operators).flatMap(words -> words).toList();
  }

  private static QueryWord word(Function row) {
    return new QueryWord(
        "function",
        row.name(),
        row.signature(),
        row.takes().stream().map(ValueType::apiName).toList(),
        row.returns().apiName(),
        row.experimental(),
        row.doc(),
        row.example());
  }

  private static QueryWord word(Aggregator row) {
    return new QueryWord(
        "aggregation",
        row.text(),
        row.signature(),
        row.takes().stream().map(ValueType::apiName).toList(),
        ValueType.VECTOR.apiName(),
        row.experimental(),
        row.doc(),
        row.example());
  }

  private static QueryWord word(Operator row) {
    String sides = "left " + row.sign() + " right";
    return new QueryWord(
        "operator",
        row.sign(),
        sides,
        List.of(ValueType.VECTOR.apiName(), ValueType.VECTOR.apiName()),
        ValueType.VECTOR.apiName(),
        false,
        row.doc(),
        row.example());
  }
}
