package io.oriel.engines.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.ExemplarSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads metadata and exemplars from the engine's answers. */
final class MetadataReader {
  private MetadataReader() {}

  static Map<String, List<MetricMetadata>> metadata(JsonParser json) throws IOException {
    var all = new TreeMap<String, List<MetricMetadata>>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String metric = json.currentName();
      var of = new ArrayList<MetricMetadata>();
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) of.add(one(json));
      all.put(metric, of);
    }
    return all;
  }

  private static MetricMetadata one(JsonParser json) throws IOException {
    String type = "";
    String help = "";
    String unit = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "type" -> type = json.getValueAsString("");
        case "help" -> help = json.getValueAsString("");
        case "unit" -> unit = json.getValueAsString("");
        default -> json.skipChildren();
      }
    }
    return new MetricMetadata(type(type), help, unit);
  }

  private static MetricMetadata.Type type(String text) {
    for (MetricMetadata.Type each : MetricMetadata.Type.values()) {
      if (each.text().equals(text)) return each;
    }
    return MetricMetadata.Type.UNKNOWN;
  }

  static List<ExemplarSource.OfSeries> exemplars(JsonParser json) throws IOException {
    var all = new ArrayList<ExemplarSource.OfSeries>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Labels series = Labels.EMPTY;
      var of = new ArrayList<Exemplar>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "seriesLabels" -> series = ResultReader.labels(json);
          case "exemplars" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) of.add(exemplar(json));
          }
          default -> json.skipChildren();
        }
      }
      all.add(new ExemplarSource.OfSeries(series, of));
    }
    return all;
  }

  private static Exemplar exemplar(JsonParser json) throws IOException {
    Labels labels = Labels.EMPTY;
    double value = 0;
    long time = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "labels" -> labels = ResultReader.labels(json);
        case "value" -> value = ResultReader.number(json.getText());
        case "timestamp" -> time = Math.round(Double.parseDouble(json.getText()) * 1000);
        default -> json.skipChildren();
      }
    }
    return new Exemplar(labels, value, time);
  }
}
