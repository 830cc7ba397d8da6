package io.oriel.receive.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.receive.otlp.OtlpMetrics.Encoding;
import io.oriel.wire.protobuf.FieldWriter;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a steady sender costs in garbage: labels are read again with each point. */
class OtlpAllocationTest {
  private static final int POINTS = 1000;
  private static final int ROUNDS = 200;

  /** Measured: 726; 2,386 while each point had its keys, names and values anew. */
  private static final long MOST_BYTES_A_POINT = 1_000;

  @Test
  void a_point_of_five_attributes_costs_no_more_than_its_texts_and_labels() {
    var metrics =
        new OtlpMetrics(
            NoStore::new, Limits.NORMAL, new ManualClock(1_772_000_000_000L), OtlpSettings.NORMAL);
    byte[] request = request();
    for (int i = 0; i < ROUNDS; i++) push(metrics, request);

    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) push(metrics, request);
    long bytes = (thread.getCurrentThreadAllocatedBytes() - before) / ROUNDS / POINTS;

    assertThat(bytes).isLessThan(MOST_BYTES_A_POINT);
  }

  private static void push(OtlpMetrics metrics, byte[] request) {
    assertThat(metrics.take(request.length, () -> request, Encoding.PROTOBUF).points())
        .isEqualTo(POINTS);
  }

  /** One sum with many points, as an SDK sends a counter with labels. */
  private static byte[] request() {
    var sum = new FieldWriter().number(2, 2).number(3, 1);
    for (int i = 0; i < POINTS; i++) {
      var point =
          new FieldWriter()
              .eightBytes(3, Double.longBitsToDouble(1_772_000_000_000_000_000L))
              .eightBytes(4, i);
      attribute(point, "http.request.method", "GET");
      attribute(point, "http.route", "/v1/chat/completions/" + i);
      attribute(point, "http.response.status_code", "200");
      attribute(point, "gen_ai.request.model", "qwen3-235b");
      attribute(point, "server.address", "gpu1.example");
      sum.message(1, point);
    }
    var metric =
        new FieldWriter().text(1, "http.server.requests").text(3, "{request}").message(7, sum);
    var scope = new FieldWriter().message(2, metric);
    return new FieldWriter().message(1, new FieldWriter().message(2, scope)).toBytes();
  }

  private static void attribute(FieldWriter point, String key, String value) {
    point.message(7, new FieldWriter().text(1, key).message(2, new FieldWriter().text(1, value)));
  }

  /** Takes everything and allocates nothing. */
  private static final class NoStore implements MetricWriter {
    @Override
    public long series(Labels labels) {
      return 1;
    }

    @Override
    public boolean isKept(long series) {
      return true;
    }

    @Override
    public void release(long series) {}

    @Override
    public void sample(long series, long timeMs, double value) {}

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {}

    @Override
    public void startOfLast(long startMs) {}

    @Override
    public void exemplar(long series, Exemplar exemplar) {}

    @Override
    public void metadata(String metric, MetricMetadata metadata) {}

    @Override
    public Receipt commit() {
      return Receipt.allKept(POINTS);
    }

    @Override
    public void close() {}
  }
}
