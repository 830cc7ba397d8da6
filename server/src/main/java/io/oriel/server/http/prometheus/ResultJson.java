package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.histogram.Histogram;
import io.oriel.server.http.Answer;
import io.oriel.server.http.JsonOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Answers in the shape of Prometheus' API, streamed. */
final class ResultJson {
  private static final String TRUNCATED = "results truncated due to limit";

  private ResultJson() {}

  /** {@code {"status":"success","data":...}} around some data. */
  static Answer success(Answer.JsonBody data) {
    return success(data, List.of(), List.of());
  }

  static Answer success(Answer.JsonBody data, List<String> warnings, List<String> infos) {
    return Answer.json(out -> {
      out.object().field("status", "success").name("data");
      data.write(out);
      if (!warnings.isEmpty()) out.field("warnings", warnings);
      if (!infos.isEmpty()) out.field("infos", infos);
      out.end();
    });
  }

  /** A list, cut at a limit (0 = none) with a warning that says so. */
  static <T> Answer list(List<T> all, int limit, Row<T> row) {
    return list(all, limit, row, List.of());
  }

  /** The same with what else makes the answer doubtful. */
  static <T> Answer list(List<T> all, int limit, Row<T> row, List<String> doubts) {
    var warnings = new ArrayList<>(doubts);
    boolean cut = limit > 0 && all.size() > limit;
    if (cut) warnings.add(TRUNCATED);
    List<T> shown = cut ? all.subList(0, limit) : all;
    return success(
        out -> {
          out.array();
          for (T each : shown) row.write(out, each);
          out.end();
        },
        warnings,
        List.of());
  }

  @FunctionalInterface
  interface Row<T> {
    void write(JsonOut out, T each) throws IOException;
  }

  /**
   * The answer to a query; series above a limit (0 = none) are left off with a warning.
   *
   * @param stats what it cost is told where this is not empty; "true" and "all" are the words for
   *     it
   */
  static Answer answer(QueryAnswer answer, int limit, String stats) {
    boolean over = limit > 0 && size(answer.result()) > limit;
    Result result = over ? cut(answer.result(), limit) : answer.result();
    var warnings = new ArrayList<>(answer.warnings());
    if (over) warnings.add(TRUNCATED);
    if (!stats.isEmpty() && !stats.equals("true") && !stats.equals("all")) {
      warnings.add(
          "value \"%s\" for parameter \"stats\" is deprecated and will be rejected in the next major release, use \"true\" or \"all\""
              .formatted(stats));
    }
    return success(
        out -> {
          out.object().field("resultType", typeOf(result)).name("result");
          write(out, result);
          if (!stats.isEmpty()) StatsJson.write(out, answer.stats());
          out.end();
        },
        warnings,
        answer.infos());
  }

  private static int size(Result result) {
    return switch (result) {
      case Result.Scalar _, Result.Text _ -> 1;
      case Result.Vector(var points) -> points.size();
      case Result.Matrix(var series) -> series.size();
    };
  }

  private static Result cut(Result result, int limit) {
    return switch (result) {
      case Result.Scalar _, Result.Text _ -> result;
      case Result.Vector(var points) -> new Result.Vector(points.subList(0, limit));
      case Result.Matrix(var series) -> new Result.Matrix(series.subList(0, limit));
    };
  }

  private static String typeOf(Result result) {
    return switch (result) {
      case Result.Scalar _ -> "scalar";
      case Result.Text _ -> "string";
      case Result.Vector _ -> "vector";
      case Result.Matrix _ -> "matrix";
    };
  }

  private static void write(JsonOut out, Result result) throws IOException {
    switch (result) {
      case Result.Scalar(long timeMs, double value) -> sample(out, timeMs, value);
      case Result.Text(long timeMs, String value) -> out.array().seconds(timeMs).value(value).end();
      case Result.Vector(var points) -> {
        out.array();
        for (QueryAnswer.Point point : points) point(out, point);
        out.end();
      }
      case Result.Matrix(var all) -> {
        out.array();
        for (QueryAnswer.Series series : all) series(out, series);
        out.end();
      }
    }
  }

  private static void point(JsonOut out, QueryAnswer.Point point) throws IOException {
    out.object().name("metric");
    labels(out, point.labels());
    Histogram histogram = point.histogram();
    out.name(histogram == null ? "value" : "histogram");
    if (histogram == null) sample(out, point.timeMs(), point.value());
    else sample(out, point.timeMs(), histogram);
    out.end();
  }

  /** Floats and histograms stand apart; a list without any is left out. */
  private static void series(JsonOut out, QueryAnswer.Series series) throws IOException {
    out.object().name("metric");
    labels(out, series.labels());
    SampleColumns samples = series.samples();
    int histograms = 0;
    for (int i = 0; i < samples.size; i++) if (samples.histogram(i) != null) histograms++;
    if (histograms < samples.size) {
      out.name("values").array();
      for (int i = 0; i < samples.size; i++) {
        if (samples.histogram(i) == null) sample(out, samples.times[i], samples.values[i]);
      }
      out.end();
    }
    if (histograms > 0) {
      out.name("histograms").array();
      for (int i = 0; i < samples.size; i++) {
        Histogram histogram = samples.histogram(i);
        if (histogram != null) sample(out, samples.times[i], histogram);
      }
      out.end();
    }
    out.end();
  }

  private static void sample(JsonOut out, long timeMs, Histogram histogram) throws IOException {
    out.array().seconds(timeMs);
    HistogramJson.write(out, histogram);
    out.end();
  }

  private static void sample(JsonOut out, long timeMs, double value) throws IOException {
    out.array().seconds(timeMs).number(value).end();
  }

  static void labels(JsonOut out, Labels labels) throws IOException {
    out.object();
    for (int i = 0; i < labels.size(); i++) out.field(labels.nameAt(i), labels.valueAt(i));
    out.end();
  }
}
