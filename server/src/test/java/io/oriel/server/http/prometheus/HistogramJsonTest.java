package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Native histograms in answers, in the form of Prometheus' API page. */
class HistogramJsonTest {
  private static final long NOW = ApiFixture.NOW_MS;
  private static final Labels LATENCY = Labels.of("__name__", "latency");

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void each_bucket_says_which_of_its_bounds_are_inside() throws Exception {
    Buckets sides = new Buckets(new int[] {-1, 0, 2}, new double[] {12, 0, 6});
    api.store.add(LATENCY, NOW, histogram(0, 39, 0.25, 3, sides, sides));

    assertThat(instant("latency"))
        .isEqualTo(
            """
            {"resultType":"vector","result":[{"metric":{"__name__":"latency"},\
            "histogram":[1700000000,{"count":"39","sum":"17.5","buckets":[\
            [1,"-4","-2","6"],[1,"-0.5","-0.25","12"],[3,"-0.25","0.25","3"],\
            [0,"0.25","0.5","12"],[0,"2","4","6"]]}]}]}\
            """);
  }

  @Test
  void own_bounds_begin_closed_and_end_at_infinity() throws Exception {
    var buckets = new Buckets(new int[] {0, 1, 2}, new double[] {1, 2, 3});
    api.store.add(
        LATENCY,
        NOW,
        new Histogram(
            Histogram.CUSTOM,
            6,
            1e-7,
            0,
            0,
            buckets,
            Buckets.NONE,
            new double[] {0.5, 1},
            CounterReset.UNKNOWN));

    assertThat(instant("latency"))
        .contains(
            """
            {"count":"6","sum":"1e-07","buckets":[\
            [3,"-Inf","0.5","1"],[0,"0.5","1","2"],[0,"1","+Inf","3"]]}\
            """);
  }

  @Test
  void an_empty_one_has_no_buckets() throws Exception {
    api.store.add(LATENCY, NOW, Histogram.EMPTY);

    assertThat(instant("latency")).contains("[1700000000,{\"count\":\"0\",\"sum\":\"0\"}]");
  }

  @Test
  void a_series_of_both_kinds_has_two_lists() throws Exception {
    api.store.add(LATENCY, NOW - 15_000, 1);
    api.store.add(LATENCY, NOW, Histogram.EMPTY);
    String range = "&start=1699999985&end=1700000000&step=15";

    assertThat(api.data("/api/v1/query_range?query=latency" + range).toString())
        .isEqualTo(
            """
            {"resultType":"matrix","result":[{"metric":{"__name__":"latency"},\
            "values":[[1699999985,"1"]],\
            "histograms":[[1700000000,{"count":"0","sum":"0"}]]}]}\
            """);
  }

  private String instant(String query) throws Exception {
    return api.data("/api/v1/query?query=" + query + "&time=1700000000").toString();
  }

  private static Histogram histogram(
      int schema, double count, double width, double zeros, Buckets positive, Buckets negative) {
    return new Histogram(
        schema, count, 17.5, width, zeros, positive, negative, new double[0], CounterReset.UNKNOWN);
  }
}
