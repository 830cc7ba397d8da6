package io.oriel.receive.otlp;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.receive.otlp.Deltas.NotAdded;
import io.oriel.wire.otlp.MetricHead;
import io.oriel.wire.otlp.MetricHead.Kind;
import io.oriel.wire.otlp.MetricHead.Temporality;
import io.oriel.wire.otlp.MetricsVisitor;
import io.oriel.wire.otlp.Point;
import io.oriel.wire.otlp.Scope;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes one batch of one request. One use. */
final class ExportBatch implements MetricsVisitor {
  private static final Scope NO_SCOPE = new Scope("", "", "", new TreeMap<>());

  private final OtlpSettings settings;
  private final Limits limits;
  private final MetricWriter writer;
  private final Deltas deltas;
  private final Names names;
  private final long nowMs;
  private final Rejections rejections = new Rejections();

  private Target target;
  private MetricHead metric = new MetricHead("", "", "", Kind.NONE, Temporality.UNSPECIFIED, false);
  private String name = "";
  private String wrongMetric = ""; // why its points are not taken
  private long newestMs; // of the resource's points; 0 = none
  private long points;
  private long weight;

  ExportBatch(
      OtlpSettings settings,
      Names names,
      Limits limits,
      MetricWriter writer,
      Deltas deltas,
      long nowMs) {
    this.settings = settings;
    this.limits = limits;
    this.writer = writer;
    this.deltas = deltas;
    this.names = names;
    this.nowMs = nowMs;
    this.target = new Target(settings, names, new TreeMap<>());
  }

  /** Hands all on; what was rejected is told. */
  Exported commit() {
    Receipt receipt = writer.commit();
    long refused = rejections.store(receipt);
    long taken = points - rejections.points();
    return new Exported(
        points,
        rejections.points() + Math.min(taken, refused),
        receipt.kept() + receipt.histograms(),
        rejections.list());
  }

  @Override
  public void resource(SortedMap<String, String> attributes) {
    target = new Target(settings, names, attributes);
    target.scope(NO_SCOPE);
    newestMs = 0;
  }

  @Override
  public void scope(Scope scope) {
    target.scope(scope);
  }

  @Override
  public void metric(MetricHead head) {
    metric = head;
    name = names.metric(head);
    wrongMetric = wrong(head);
    if (wrongMetric.isEmpty()) {
      String unit = Units.words(head.unit(), settings.strategy().escapes());
      writer.metadata(name, new MetricMetadata(type(head), head.description(), unit));
    }
  }

  private String wrong(MetricHead head) {
    if (name.isEmpty()) return "the metric \"%s\" has no name".formatted(shortened(head.name()));
    boolean needsTemporality =
        head.kind() == Kind.SUM || head.kind() == Kind.HISTOGRAM || head.kind() == Kind.EXPONENTIAL;
    return needsTemporality && head.temporality() == Temporality.UNSPECIFIED
        ? "the metric %s does not say whether it is cumulative or delta".formatted(head.name())
        : "";
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  private static MetricMetadata.Type type(MetricHead head) {
    return switch (head.kind()) {
      case GAUGE -> MetricMetadata.Type.GAUGE;
      case SUM -> head.monotonic() ? MetricMetadata.Type.COUNTER : MetricMetadata.Type.GAUGE;
      case HISTOGRAM, EXPONENTIAL -> MetricMetadata.Type.HISTOGRAM;
      case SUMMARY -> MetricMetadata.Type.SUMMARY;
      case NONE -> MetricMetadata.Type.UNKNOWN;
    };
  }

  @Override
  public void point(Point sent) {
    points++;
    weigh(1);
    Point.Head head = timed(sent.head());
    long ahead = nowMs + 1000 * limits.of(Limit.SAMPLE_AHEAD_SECONDS);
    try {
      if (!wrongMetric.isEmpty()) {
        rejections.point("metric", wrongMetric);
      } else if (head.timeMs() > ahead || head.timeMs() < 0) { // before it moves a total on
        Receipt.Reason reason = Receipt.Reason.TOO_FAR_AHEAD;
        rejections.point(reason.label(), reason.words());
      } else {
        take(sent, head);
        newestMs = Math.max(newestMs, head.timeMs());
      }
    } catch (NotAdded e) {
      rejections.point("delta_out_of_order", said(e));
    } catch (InvalidHistogram e) {
      rejections.point(Receipt.Reason.INVALID_HISTOGRAM.label(), metric.name() + ": " + said(e));
    } catch (Refusal.BadRequest e) {
      rejections.point("labels", said(e));
    } catch (Refusal.LimitReached e) {
      if (e.limit() == Limit.WRITE_SAMPLES) throw e;
      rejections.point("limit", said(e));
    }
  }

  @Override
  public void wrongPoint(String why) {
    points++;
    rejections.point("limit", why);
  }

  private static String said(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** A point without a time was measured now; a start behind the point is none. */
  private Point.Head timed(Point.Head head) {
    long time = head.timeMs() == 0 ? nowMs : head.timeMs();
    long start = head.startMs() > time ? SampleColumns.NO_START : head.startMs();
    if (time == head.timeMs() && start == head.startMs()) return head; // as it is for most
    return new Point.Head(head.attributes(), start, time, head.noValue());
  }

  private void weigh(int more) {
    weight += more;
    limits.check(Limit.WRITE_SAMPLES, weight, "the pushed request");
  }

  private boolean isDelta(Point.Head head) {
    return metric.temporality() == Temporality.DELTA && !head.noValue();
  }

  @SuppressWarnings("ReferenceEquality") // the point that needs no other head
  private void take(Point sent, Point.Head head) throws NotAdded, InvalidHistogram {
    Labels.Builder labels = target.labels(head.attributes());
    switch (sent) {
      case Point.Single single when single.head() == head -> number(labels, single);
      case Point.Single(_, double value, List<Exemplar> exemplars) ->
          number(labels, new Point.Single(head, value, exemplars));
      case Point.Buckets b ->
          buckets(
              labels,
              new Point.Buckets(
                  head, b.count(), b.hasSum(), b.sum(), b.counts(), b.bounds(), b.exemplars()));
      case Point.Exponential exponential -> exponential(labels, head, exponential);
      case Point.Summary summary -> summary(labels, head, summary);
    }
  }

  private void number(Labels.Builder labels, Point.Single sent) throws NotAdded {
    Labels series = labels.set(Labels.NAME, name).build();
    long handle = writer.series(series);
    Point.Single point = sent;
    long start = metric.kind() == Kind.SUM ? sent.head().startMs() : SampleColumns.NO_START;
    if (metric.kind() == Kind.SUM && isDelta(sent.head())) {
      var sum = deltas.add(series, sent, nowMs);
      point = sum.point();
      start = sum.startMs();
    }
    row(handle, point.head(), point.value());
    if (metric.monotonic()) writer.startOfLast(start);
    if (metric.kind() == Kind.SUM) {
      for (Exemplar each : point.exemplars()) exemplar(handle, each, point.head());
    }
  }

  private void row(long handle, Point.Head head, double value) {
    weigh(1);
    writer.sample(handle, head.timeMs(), head.noValue() ? Stale.MARKER : value);
  }

  private void exemplar(long handle, Exemplar each, Point.Head head) {
    weigh(8 + 2 * each.labels().size());
    writer.exemplar(
        handle,
        each.timeMs() > 0 ? each : new Exemplar(each.labels(), each.value(), head.timeMs()));
  }

  private void buckets(Labels.Builder labels, Point.Buckets sent)
      throws NotAdded, InvalidHistogram {
    checkBounds(sent);
    Labels family = labels.set(Labels.NAME, name).build();
    Point.Buckets point = sent;
    long start = sent.head().startMs();
    if (isDelta(sent.head())) {
      var sum = deltas.add(family, sent, nowMs);
      point = sum.point();
      start = sum.startMs();
    }
    if (point.hasSum()) part(labels, "_sum", point.head(), point.sum(), start);
    part(labels, "_count", point.head(), point.count(), start);
    double[] bounds = point.bounds();
    double total = 0;
    labels.set(Labels.NAME, name + "_bucket");
    for (int i = 0; i <= bounds.length; i++) {
      boolean isLast = i == bounds.length;
      if (!isLast && i < point.counts().length) total += point.counts()[i];
      double bound = isLast ? Double.POSITIVE_INFINITY : bounds[i];
      double below = i == 0 ? Double.NEGATIVE_INFINITY : bounds[i - 1];
      long handle = writer.series(labels.set("le", isLast ? "+Inf" : plain(bound)).build());
      row(handle, point.head(), isLast ? point.count() : total);
      writer.startOfLast(start);
      for (Exemplar each : point.exemplars()) {
        boolean isHere = each.value() <= bound && (each.value() > below || i == 0);
        if (isHere) exemplar(handle, each, point.head());
      }
    }
  }

  private static void checkBounds(Point.Buckets point) throws InvalidHistogram {
    int buckets = point.counts().length;
    int bounds = point.bounds().length;
    boolean fits = buckets == bounds + 1 || (buckets == 0 && bounds == 0);
    if (!fits && !point.head().noValue()) {
      throw new InvalidHistogram("%d buckets for %d bounds".formatted(buckets, bounds));
    }
    for (int i = 0; i < bounds; i++) {
      double before = i == 0 ? Double.NEGATIVE_INFINITY : point.bounds()[i - 1];
      if (!(point.bounds()[i] > before)) throw new InvalidHistogram("its bounds do not rise");
    }
  }

  private void part(
      Labels.Builder labels, String suffix, Point.Head head, double value, long start) {
    row(writer.series(labels.set(Labels.NAME, name + suffix).build()), head, value);
    writer.startOfLast(start);
  }

  /** A bound as Prometheus writes those of OTLP: without exponent. */
  private static String plain(double bound) {
    if (Double.isInfinite(bound)) return bound > 0 ? "+Inf" : "-Inf";
    if (bound == (long) bound) return String.valueOf((long) bound);
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  private void exponential(Labels.Builder labels, Point.Head head, Point.Exponential sent)
      throws NotAdded, InvalidHistogram {
    Labels series = labels.set(Labels.NAME, name).build();
    Histogram histogram = head.noValue() ? NativeBuckets.stale() : checked(sent);
    long handle = writer.series(series);
    long start = head.startMs();
    if (isDelta(head)) {
      var sum = deltas.add(series, head, histogram, nowMs);
      histogram = sum.point();
      start = sum.startMs();
    }
    weigh(histogram.weight());
    writer.histogram(handle, head.timeMs(), histogram);
    writer.startOfLast(start);
    for (Exemplar each : sent.exemplars()) exemplar(handle, each, head);
  }

  private static Histogram checked(Point.Exponential sent) throws InvalidHistogram {
    if (sent.scale() < Histogram.COARSEST) HistogramRules.checkSchema(sent.scale());
    Histogram histogram = NativeBuckets.of(sent);
    HistogramRules.checkWhole(histogram);
    return histogram;
  }

  private void summary(Labels.Builder labels, Point.Head head, Point.Summary sent) {
    part(labels, "_sum", head, sent.sum(), head.startMs());
    part(labels, "_count", head, sent.count(), head.startMs());
    labels.set(Labels.NAME, name);
    for (int i = 0; i < sent.quantiles().length; i++) {
      labels.set("quantile", plain(sent.quantiles()[i]));
      row(writer.series(labels.build()), head, sent.values()[i]);
    }
  }

  /** What else is known of the resource stands in a series of its own. */
  @Override
  public void resourceEnds() {
    Labels info = newestMs == 0 ? null : target.info();
    if (info == null) return;
    try {
      writer.sample(writer.series(info), newestMs, 1);
      writer.metadata(
          "target_info", new MetricMetadata(MetricMetadata.Type.GAUGE, "Target metadata", ""));
    } catch (Refusal.BadRequest | Refusal.LimitReached e) {
      rejections.point("target_info", said(e));
      points++;
    }
  }
}
