package io.oriel.server.http.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Limits;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.receive.otlp.OtlpSettings;
import io.oriel.server.http.Route;
import io.oriel.server.http.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's own exporters are content with what is answered, over gRPC and HTTP. */
class OtlpSdkTest {
  @TempDir Path folder;
  private MetricStore store;
  private TestServer server;

  @BeforeEach
  void start() {
    var clock = io.oriel.model.Clock.system();
    store = MetricStore.open(MetricStoreConfig.in(folder), clock);
    var metrics = new OtlpMetrics(store.sink(), Limits.NORMAL, clock, OtlpSettings.NORMAL);
    List<Route> routes = new ArrayList<>(OtlpApi.grpcRoutes(metrics, Limits.NORMAL));
    routes.addFirst(OtlpApi.route(metrics, Limits.NORMAL));
    server = TestServer.below("", Limits.NORMAL, routes);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  @Test
  void by_grpc() {
    send(OtlpGrpcMetricExporter.builder().setEndpoint(url()).build());
  }

  @Test
  void by_grpc_packed_by_gzip() {
    send(OtlpGrpcMetricExporter.builder().setEndpoint(url()).setCompression("gzip").build());
  }

  @Test
  void by_http_packed_by_gzip() {
    send(
        OtlpHttpMetricExporter.builder()
            .setEndpoint(url() + "/v1/metrics")
            .setCompression("gzip")
            .build());
  }

  @Test
  void by_http_as_differences() {
    send(
        OtlpHttpMetricExporter.builder()
            .setEndpoint(url() + "/v1/metrics")
            .setAggregationTemporalitySelector(AggregationTemporalitySelector.deltaPreferred())
            .build());
  }

  /** Counts to 3, then to 5, and looks what the store has. */
  private void send(MetricExporter exporter) {
    var reader = PeriodicMetricReader.builder(exporter).build(); // on demand alone: once a minute
    var resource = Resource.create(Attributes.builder().put("service.name", "shop").build());
    try (var provider =
        SdkMeterProvider.builder().setResource(resource).registerMetricReader(reader).build()) {
      var counter = provider.get("test").counterBuilder("work.done").setUnit("By").build();
      var latency = provider.get("test").histogramBuilder("latency").setUnit("s").build();
      counter.add(3);
      latency.record(0.2);
      assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
      counter.add(2);
      assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    assertThat(values("work_done_bytes_total")).contains(3.0, 5.0);
    assertThat(values("latency_seconds_count")).contains(1.0);
  }

  private List<Double> values(String metric) {
    var values = new ArrayList<Double>();
    List<Matcher> matchers =
        List.of(Matcher.equal("__name__", metric), Matcher.equal("job", "shop"));
    try (var found = store.source().select(matchers, TimeRange.ALWAYS)) {
      var samples = new SampleColumns();
      for (int i = 0; i < found.count(); i++) found.read(i, samples);
      for (int i = 0; i < samples.size; i++) values.add(samples.values[i]);
    }
    return values;
  }
}
