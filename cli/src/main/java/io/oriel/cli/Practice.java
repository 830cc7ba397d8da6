package io.oriel.cli;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.wire.remotewrite.WriteEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@link Train} practises on: a day of a small fleet, and the questions that dashboards and
 * editors ask. The shapes count, not the values: each kind of expression once.
 */
final class Practice {
  private static final long STEP_MS = 30_000;
  private static final long PUSH_MS = Duration.ofHours(1).toMillis();
  static final Duration LENGTH = Duration.ofHours(18);
  static final Duration IN_HEAD = Duration.ofMinutes(150); // comes after, when that is in blocks

  /** A range query each, or a moment's. */
  static final List<String> QUERIES =
      List.of(
          "train_load",
          "train_load{host=\"h1\"}",
          "train_load{host=~\"h[0-3]\", job!~\"x.*\"}",
          "train_memory_bytes{id=~\"/system.slice/docker-[0-7].*\", image=~\".*(engine|proxy).*\"}",
          "topk(3, sum by (image) (train_memory_bytes{id!~\"/user.*\"}))",
          "sum by (mode) (rate(train_cpu_seconds_total[5m]))",
          "1 - avg by (host) (rate(train_cpu_seconds_total{mode=\"idle\"}[5m]))",
          "100 * train_load / on (host, job) group_left (kernel) train_info",
          "train_load * on (host, job) group_left (kernel) train_info > 0.5",
          "topk(3, rate(train_cpu_seconds_total{mode!=\"idle\"}[5m]))",
          "predict_linear(train_load[1h], 3600) < 0",
          "quantile(0.9, train_load)",
          "stddev by (job) (train_load)",
          "max_over_time(train_load[1h])",
          "avg_over_time(train_load[30m]) - min_over_time(train_load[30m])",
          "increase(train_cpu_seconds_total[1h])",
          "sum(increase(train_cpu_seconds_total[1d]))",
          "histogram_quantile(0.95, sum by (le, job) (rate(train_seconds_bucket[5m])))",
          "histogram_quantile(0.5, sum by (le, host) (rate(train_seconds_bucket[5m])))",
          "sum(rate(train_seconds_bucket{le=\"1\"}[5m])) / sum(rate(train_seconds_bucket[5m]))",
          "max_over_time(rate(train_cpu_seconds_total{mode=\"user\"}[5m])[1h:1m])",
          "quantile_over_time(0.9, train_load[1h:5m])",
          "train_load - train_load offset 1h",
          "changes(train_load[1h]) + resets(train_cpu_seconds_total{mode=\"user\"}[1h])",
          "label_replace(train_load, \"short\", \"$1\", \"host\", \"h(.*)\")",
          "1 - train_load / train_load{job=\"train\"}",
          "sum(rate(train_cpu_seconds_total[10m])) / sum(rate(train_cpu_seconds_total[10m] offset 6h))",
          "sum by (host) (train_load) / (sum by (host) (train_load) + sum by (host) (train_info))",
          "sum by (host) (train_load) or sum by (host) (train_info) * 0",
          "histogram_quantile(0.99, rate(train_seconds_bucket[5m])) > 0.1",
          "avg_over_time(train_load[12h])",
          "count by (job) ({__name__=~\".+\"})",
          "absent(train_missing) unless train_load",
          "train_load and train_load > 1 or vector(0)",
          "count_values(\"load\", round(train_load))",
          "topk(5, count by (__name__) ({__name__=~\".+\"}))",
          "clamp_max(sum without (mode) (irate(train_cpu_seconds_total[2m])), 8)",
          "deriv(train_load[10m])",
          "count(train_load > bool 0.5)",
          "sum by (job) ({job=~\".+\"})");

  private static final Pattern BARE = Pattern.compile("(train_[a-z_]+)(?![a-z_{])");
  private static final Pattern MATCHED = Pattern.compile("(train_[a-z_]+\\{)(?!skip)");
  private static final int CONTAINERS = 20; // on each host, with ids as container engines make them

  private Practice() {}

  /** The same question by other matchers, so that no answer that was kept serves. */
  static String anew(String query, int round) {
    String other = "skip!=\"" + round + "\"";
    String bare = BARE.matcher(query).replaceAll("$1{" + other + "}");
    return MATCHED.matcher(bare).replaceAll("$1" + other + ",");
  }

  /** Bodies of remote write, oldest first, from one time up to another. */
  static List<byte[]> history(long fromMs, long endMs) {
    var bodies = new ArrayList<byte[]>();
    for (long from = fromMs; from < endMs; from += PUSH_MS) {
      var body = new WriteEncoder();
      for (int host = 0; host < 6; host++)
        addHost(host, from, Math.min(endMs, from + PUSH_MS), body);
      bodies.add(body.body());
    }
    return bodies;
  }

  private static void addHost(int host, long fromMs, long toMs, WriteEncoder into) {
    Labels base = Labels.of("host", "h" + host, "job", "train");
    into.series(named(base, "train_load"), samples(fromMs, toMs, 7 + host, false));
    into.series(named(base.with("kernel", "k"), "train_info"), samples(fromMs, toMs, 1, false));
    for (int container = 0; container < CONTAINERS; container++) {
      into.series(container(base, container), samples(fromMs, toMs, container, false));
    }
    for (String mode : List.of("idle", "user", "system")) {
      into.series(
          named(base.with("mode", mode), "train_cpu_seconds_total"),
          samples(fromMs, toMs, mode.length() + host, true));
    }
    for (String le : List.of("0.1", "0.5", "1", "5", "+Inf")) {
      into.series(
          named(base.with("le", le), "train_seconds_bucket"),
          samples(fromMs, toMs, le.length() + host, true));
    }
  }

  private static Labels container(Labels base, int number) {
    long digits = 0x9e3779b97f4a7c15L * (base.hashCode() + number);
    String id = "/system.slice/docker-" + "%016x".formatted(digits).repeat(4) + ".scope";
    String image = "registry.example/" + List.of("engine", "proxy", "db").get(number % 3) + ":1";
    return named(base.with("id", id).with("image", image), "train_memory_bytes");
  }

  private static Labels named(Labels labels, String name) {
    return labels.with(Labels.NAME, name);
  }

  /** A counter, or a gauge that swings between 0 and 1 and a bit. */
  private static SampleColumns samples(long fromMs, long toMs, int speed, boolean counter) {
    var samples = new SampleColumns();
    for (long at = fromMs; at < toMs; at += STEP_MS) {
      double rising = at % Duration.ofDays(1).toMillis() / 1e3 * speed;
      samples.add(at, counter ? rising : 0.6 + 0.6 * Math.sin(rising / 5000));
    }
    return samples;
  }
}
