package io.oriel.server.http.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.ProtobufWriter;
import io.oriel.wire.exposition.TextWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Federation: the newest sample of each series that selectors match, as a page to be scraped. Stale
 * series are left off. Who asks for protocol buffers gets them, and native histograms with them;
 * the text format can't say those. Custom bounds can't be said in either.
 *
 * <p>Source: Prometheus, {@code web/federate.go}.
 */
final class FederationApi {
  private static final MetricMetadata UNTYPED =
      new MetricMetadata(MetricMetadata.Type.UNKNOWN, "", "");
  private static final int AT_ONCE = 1000; // lines in memory

  private record Newest(Labels labels, long timeMs, double value, @Nullable Histogram histogram) {
    String name() {
      return labels.metricName();
    }
  }

  private final MetricSource source;
  private final Language language;
  private final ServerFacts facts;
  private final ReadGate gate;
  private final Limits limits;
  private final Clock clock;

  FederationApi(PrometheusApi.Parts parts, ReadGate gate, Limits limits, Clock clock) {
    this.source = parts.source();
    this.language = parts.language();
    this.facts = parts.facts();
    this.gate = gate;
    this.limits = limits;
    this.clock = clock;
  }

  Route route() {
    return Route.get("/federate", "Newest samples of series, to be scraped", this::federate);
  }

  private Answer federate(Call call) throws IOException {
    try {
      List<List<Matcher>> selections =
          call.params("match[]").stream().map(language::selector).toList();
      List<Newest> newest = gate.run(call, cancelled -> newest(selections, cancelled));
      boolean utf8 = call.header("Accept").orElse("").contains("escaping=allow-utf-8");
      if (wantsProtobuf(call.header("Accept").orElse(""))) {
        return Answer.of(
            200, ExpositionFormat.PROTOBUF.contentType(), out -> writeProtobuf(newest, utf8, out));
      }
      return Answer.of(
          200,
          ExpositionFormat.TEXT.contentType()
              + (utf8 ? "; escaping=allow-utf-8" : "; escaping=underscores"),
          out -> write(newest, utf8, out));
    } catch (Refusal.BadQuery bad) {
      return Answer.text(400, bad.getMessage() + "\n");
    }
  }

  /** Whether protocol buffers are asked for, and text not before them. */
  private static boolean wantsProtobuf(String accept) {
    double protobuf = 0;
    double text = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1)) {
      boolean isProtobuf =
          range.startsWith("application/vnd.google.protobuf")
              && range.contains("proto=io.prometheus.client.metricfamily")
              && range.contains("encoding=delimited");
      if (isProtobuf) protobuf = Math.max(protobuf, weight(range));
      if (range.startsWith("text/plain")) text = Math.max(text, weight(range));
    }
    return protobuf > 0 && protobuf >= text;
  }

  private static double weight(String range) {
    int at = range.indexOf(";q=");
    if (at < 0) return 1;
    try {
      return Double.parseDouble(range.substring(at + 3).split(";", 2)[0]);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** By metric name; those of one name in the order of their labels. */
  private List<Newest> newest(List<List<Matcher>> selections, BooleanSupplier cancelled) {
    long now = clock.millis();
    var range = new TimeRange(now - facts.lookbackMs(), now);
    var found = new LinkedHashMap<Labels, Newest>(); // a series that two selectors match comes once
    var samples = new SampleColumns();
    for (List<Matcher> matchers : selections) {
      try (SelectedSeries selected = source.select(matchers, range)) {
        for (Sorted series : Sorted.of(selected)) {
          if (cancelled.getAsBoolean()) throw new Refusal.Cancelled("the caller went away");
          samples.clear();
          selected.read(series.number(), samples);
          add(series.labels(), samples, found);
          limits.check(Limit.QUERY_SERIES, found.size(), "the federated page");
        }
      }
    }
    var sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparing(Newest::name).thenComparing(n -> n.histogram() != null));
    return sorted;
  }

  private static void add(Labels labels, SampleColumns samples, Map<Labels, Newest> into) {
    int last = samples.size - 1;
    if (last < 0 || labels.metricName().isEmpty()) return;
    Histogram histogram = samples.histogram(last);
    double value = histogram == null ? samples.values[last] : histogram.sum();
    if (Stale.isMarker(value)) return;
    into.put(labels, new Newest(labels, samples.times[last], value, histogram));
  }

  private Map<String, String> external() {
    var external = new TreeMap<>(facts.externalLabels());
    external.putIfAbsent("instance", ""); // so that a scraper does not put its own there
    return external;
  }

  private void writeProtobuf(List<Newest> all, boolean utf8, OutputStream out) throws IOException {
    Map<String, String> external = external();
    var page = new ProtobufWriter();
    for (int i = 0; i < all.size(); i++) {
      Newest each = all.get(i);
      Histogram histogram = each.histogram();
      Labels labels = utf8 ? each.labels() : PlainNames.of(each.labels());
      if (histogram == null) page.sample(labels, external, each.value(), each.timeMs());
      else if (!histogram.custom()) {
        page.histogram(labels, external, histogram, each.timeMs());
      }
      if (i % AT_ONCE == AT_ONCE - 1) { // a family of many series goes on in another of its name
        out.write(page.toBytes());
        page = new ProtobufWriter();
      }
    }
    out.write(page.toBytes());
  }

  private void write(List<Newest> all, boolean utf8, OutputStream out) throws IOException {
    Map<String, String> external = external();
    String family = "";
    var page = new TextWriter(ExpositionFormat.TEXT);
    for (int i = 0; i < all.size(); i++) {
      Newest each = all.get(i);
      if (each.histogram() != null) continue;
      Labels labels = utf8 ? each.labels() : PlainNames.of(each.labels());
      if (!each.name().equals(family)) page.family(labels.metricName(), UNTYPED);
      family = each.name();
      page.sample(labels, external, each.value(), each.timeMs());
      if (i % AT_ONCE == AT_ONCE - 1) {
        out.write(page.toBytes());
        page = new TextWriter(ExpositionFormat.TEXT);
      }
    }
    out.write(page.toBytes());
  }
}
