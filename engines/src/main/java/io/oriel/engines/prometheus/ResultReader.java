package io.oriel.engines.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer.Point;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryAnswer.Series;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the result of a query from JSON, token by token, into columns. */
final class ResultReader {
  private final JsonParser json;
  private final Limits limits;
  private long samples;

  private ResultReader(JsonParser json, Limits limits) {
    this.json = json;
    this.limits = limits;
  }

  /** Reads {@code {"resultType": ..., "result": ...}}; the parser is at its beginning. */
  static Result read(JsonParser json, Limits limits) throws IOException {
    return new ResultReader(json, limits).result();
  }

  /** The kind stands before the result, as every engine writes it. */
  private Result result() throws IOException {
    String type = "";
    Result result = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "resultType" -> type = json.getText();
        case "result" -> result = result(type);
        default -> json.skipChildren();
      }
    }
    if (result == null) throw new IOException("its answer has no result");
    return result;
  }

  private Result result(String type) throws IOException {
    return switch (type) {
      case "scalar" -> {
        long time = pairTime();
        yield new Result.Scalar(time, pairValue());
      }
      case "string" -> {
        long time = pairTime();
        json.nextToken();
        String text = json.getText();
        json.nextToken();
        yield new Result.Text(time, text);
      }
      case "vector" -> vector();
      case "matrix" -> matrix();
      default -> throw new IOException("its answer is a " + type);
    };
  }

  private Result vector() throws IOException {
    var points = new ArrayList<Point>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Labels labels = Labels.EMPTY;
      var sample = new SampleColumns(1);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "metric" -> labels = labels(json);
          case "value" -> sample(sample);
          case "histogram" -> histogram(sample);
          default -> json.skipChildren();
        }
      }
      @Nullable Histogram histogram = sample.histogram(0);
      points.add(new Point(labels, sample.times[0], sample.values[0], histogram));
    }
    return new Result.Vector(points);
  }

  private Result matrix() throws IOException {
    List<Series> all = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) all.add(series());
    return new Result.Matrix(all);
  }

  private Series series() throws IOException {
    Labels labels = Labels.EMPTY;
    var columns = new SampleColumns(16);
    var histograms = new SampleColumns(1);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "metric" -> labels = labels(json);
        case "values" -> {
          while (json.nextToken() == JsonToken.START_ARRAY) sample(columns);
        }
        case "histograms" -> {
          while (json.nextToken() == JsonToken.START_ARRAY) histogram(histograms);
        }
        default -> json.skipChildren();
      }
    }
    return new Series(labels, merged(columns, histograms));
  }

  /** A series may have both over time; the answer has them in two lists. */
  private static SampleColumns merged(SampleColumns floats, SampleColumns histograms) {
    if (histograms.size == 0) return floats;
    if (floats.size == 0) return histograms;
    var both = new SampleColumns(floats.size + histograms.size);
    int f = 0;
    for (int h = 0; h < histograms.size; h++) {
      int from = f;
      while (f < floats.size && floats.times[f] < histograms.times[h]) f++;
      both.addAll(floats, from, f);
      both.addAll(histograms, h, h + 1);
    }
    both.addAll(floats, f, floats.size);
    return both;
  }

  static Labels labels(JsonParser json) throws IOException {
    var labels = Labels.builder();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      labels.set(name, json.getText());
    }
    return labels.build();
  }

  private void sample(SampleColumns into) throws IOException {
    long time = pairTime();
    into.add(time, pairValue());
    count(1);
  }

  private void histogram(SampleColumns into) throws IOException {
    long time = pairTime();
    Histogram histogram = HistogramReader.read(json);
    json.nextToken(); // the pair's end
    into.add(time, histogram);
    count(histogram.weight());
  }

  private void count(int more) {
    samples += more;
    limits.check(Limit.QUERY_SAMPLES, samples, "the engine's answer");
  }

  /** The time of a pair whose bracket was read. */
  private long pairTime() throws IOException {
    json.nextToken();
    return Math.round(Double.parseDouble(json.getText()) * 1000);
  }

  private double pairValue() throws IOException {
    json.nextToken();
    double value = number(json.getText());
    json.nextToken();
    return value;
  }

  static double number(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
