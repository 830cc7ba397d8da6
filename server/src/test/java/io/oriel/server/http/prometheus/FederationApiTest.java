package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page that another Prometheus scrapes; the fixture's external label is site="a". */
class FederationApiTest {
  private static final long NOW = ApiFixture.NOW_MS;
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void newest_samples_are_told_by_name_with_the_external_labels() throws Exception {
    api.store.add(Labels.of("__name__", "b", "job", "x"), NOW - 15_000, 1);
    api.store.add(Labels.of("__name__", "b", "job", "x"), NOW - 1_000, 2.5);
    api.with(7, "__name__", "a", "instance", "gpu1", "site", "own");

    var answer = api.server.get("/federate?match%5B%5D=b&match%5B%5D=%7Binstance%3D%22gpu1%22%7D");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(answer.body())
        .isEqualTo(
            """
            # TYPE a untyped
            a{instance="gpu1",site="own"} 7 1700000000000
            # TYPE b untyped
            b{job="x",instance="",site="a"} 2.5 1699999999000
            """);
  }

  @Test
  void stale_and_old_series_are_left_off() throws Exception {
    api.with(Stale.MARKER, "__name__", "gone");
    api.store.add(Labels.of("__name__", "old"), NOW - 300_001, 1);
    api.store.add(Labels.of("__name__", "just"), NOW - 300_000, 1);
    api.store.add(Labels.of("__name__", "later"), NOW + 1, 1);

    assertThat(federate("{__name__=~\"gone|old|just|later\"}"))
        .contains("just{")
        .doesNotContain("gone", "old", "later");
  }

  @Test
  void a_series_that_two_selectors_match_comes_once() throws Exception {
    api.with(1, "__name__", "up", "job", "x");

    var answer = api.server.get("/federate?match%5B%5D=up&match%5B%5D=%7Bjob%3D%22x%22%7D");

    assertThat(answer.body().lines().filter(line -> line.startsWith("up"))).hasSize(1);
  }

  @Test
  void without_selectors_the_page_is_empty_and_a_wrong_one_is_refused_as_text() throws Exception {
    var wrong = api.server.get("/federate?match%5B%5D=up%5B5m%5D");

    assertThat(api.server.get("/federate").body()).isEmpty();
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).isEqualTo("1:3: parse error: unexpected \"[\"\n");
  }

  @Test
  void native_histograms_are_told_to_who_asks_for_protocol_buffers() throws Exception {
    var side = new Buckets(new int[] {-1, 0, 5}, new double[] {1, 2, 3});
    var told =
        new Histogram(
            2, 10, 7.5, 0.001, 4, side, Buckets.NONE, new double[0], CounterReset.UNKNOWN);
    api.store.add(Labels.of("__name__", "h", "job", "x"), NOW - 1, told);
    api.with(7, "__name__", "f");
    String path = "/federate?match%5B%5D=" + ApiFixture.encode("{__name__=~\"h|f\"}");
    String protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
            + "encoding=delimited,text/plain;version=0.0.4;q=0.5";

    var answer = api.server.bytes(path, "Accept", protobuf);

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue(ExpositionFormat.PROTOBUF.contentType());
    var lines = new ArrayList<String>();
    ExpositionFormat.PROTOBUF.parse(
        answer.body(), answer.body().length, Limits.NORMAL, new PageLines(lines));
    assertThat(lines)
        .containsExactly(
            "f{site=\"a\"} 7.0 " + NOW, "h{job=\"x\", site=\"a\"} " + told + " " + (NOW - 1));
    assertThat(api.server.get(path).body()).contains("f{").doesNotContain("h{");
  }

  private record PageLines(List<String> lines) implements SampleVisitor {
    @Override
    public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
      lines.add(series.labels() + " " + value + " " + timestampMs);
    }

    @Override
    public boolean wantsHistograms() {
      return true;
    }

    @Override
    public void histogram(SeriesText series, Histogram histogram, long timestampMs)
        throws SyntaxError {
      lines.add(series.labels() + " " + histogram + " " + timestampMs);
    }
  }

  @Test
  void names_beyond_ascii_are_written_plainly_for_who_does_not_ask_for_them() throws Exception {
    api.with(1, "__name__", "http.requests", "zone.a", "b");

    assertThat(federate("{\"http.requests\"}")).contains("http_requests{zone_a=\"b\"");
    assertThat(
            api.server
                .get(
                    "/federate?match%5B%5D=" + ApiFixture.encode("{\"http.requests\"}"),
                    "Accept",
                    "text/plain;version=1.0.0;escaping=allow-utf-8")
                .body())
        .contains("{\"http.requests\",\"zone.a\"=\"b\"");
  }

  @Test
  void more_series_than_a_query_may_touch_are_refused_by_name() throws Exception {
    try (var small = new ApiFixture(Limits.NORMAL.with(Limit.QUERY_SERIES, 1))) {
      small.with(1, "__name__", "up", "job", "x").with(1, "__name__", "up", "job", "y");

      assertThat(small.server.get("/federate?match%5B%5D=up").body())
          .contains("the federated page is over the limit of 1", "limits.query_series");
    }
  }

  private String federate(String selector) throws Exception {
    return api.server.get("/federate?match%5B%5D=" + ApiFixture.encode(selector)).body();
  }
}
