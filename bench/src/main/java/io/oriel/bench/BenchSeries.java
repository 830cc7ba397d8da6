package io.oriel.bench;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.memory.MemorySource;

/** The series that the benches of the language ask: what they hold follows from their numbers. */
final class BenchSeries {
  static final long LENGTH_MS = 6 * 3_600_000L;
  private static final long SCRAPE_MS = 15_000;
  private static final int COUNTERS = 1000;
  private static final int JOBS = 10;
  private static final int INSTANCES = 100;
  private static final int CLASSIC_BUCKETS = 12;
  private static final int NATIVE_BUCKETS = 20;

  private BenchSeries() {}

  static MemorySource source() {
    var source = new MemorySource();
    for (int i = 0; i < COUNTERS; i++) counter(source, i);
    for (int job = 0; job < JOBS; job++) {
      gauge(source, Labels.of("__name__", "weight", "job", "job-" + job), job);
    }
    for (int i = 0; i < INSTANCES; i++) {
      classic(source, i);
      natively(source, i);
    }
    return source;
  }

  private static void counter(MemorySource source, int i) {
    String job = "job-" + i % JOBS;
    String instance = "instance-" + i;
    Labels requests = Labels.of("__name__", "requests_total", "instance", instance, "job", job);
    long count = 0;
    for (long time = 0; time <= LENGTH_MS; time += SCRAPE_MS) {
      count += 100 + (i * 31L + time / SCRAPE_MS * 17) % 50;
      source.add(requests, time, (double) count);
    }
    gauge(source, Labels.of("__name__", "limits_total", "instance", instance, "job", job), i + 1);
  }

  private static void gauge(MemorySource source, Labels labels, double value) {
    for (long time = 0; time <= LENGTH_MS; time += SCRAPE_MS) source.add(labels, time, value);
  }

  private static void classic(MemorySource source, int instance) {
    for (int bucket = 0; bucket < CLASSIC_BUCKETS; bucket++) {
      boolean last = bucket == CLASSIC_BUCKETS - 1;
      String bound = last ? "+Inf" : String.valueOf(0.01 * (1 << bucket));
      Labels labels =
          Labels.of("__name__", "latency_seconds_bucket", "instance", "i" + instance, "le", bound);
      for (long time = 0; time <= LENGTH_MS; time += SCRAPE_MS) {
        long scrapes = time / SCRAPE_MS;
        source.add(labels, time, scrapes * (bucket + 1.0) * (1 + instance % 3));
      }
    }
  }

  private static void natively(MemorySource source, int instance) {
    Labels labels = Labels.of("__name__", "native_seconds", "instance", "i" + instance);
    for (long time = 0; time <= LENGTH_MS; time += SCRAPE_MS) {
      long scrapes = time / SCRAPE_MS;
      double each = scrapes * (1.0 + instance % 3);
      source.add(labels, time, histogram(each));
    }
  }

  private static Histogram histogram(double each) {
    var counts = new double[NATIVE_BUCKETS];
    for (int i = 0; i < NATIVE_BUCKETS; i++) counts[i] = each * (1 + i % 5);
    Buckets buckets = Buckets.from(-NATIVE_BUCKETS, counts);
    double all = buckets.total();
    return new Histogram(
        3, all, all * 0.3, 0, 0, buckets, Buckets.NONE, new double[0], CounterReset.UNKNOWN);
  }
}
