package io.oriel.wire.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classic histograms as native ones with custom buckets. */
class ClassicAsCustomTest {
  private static final String PAGE =
      """
      # HELP wait_seconds Waits.
      # TYPE wait_seconds histogram
      wait_seconds_bucket{gpu="1",le="0.1"} 1
      wait_seconds_bucket{gpu="1",le="1"} 3
      wait_seconds_bucket{gpu="1",le="+Inf"} 4
      wait_seconds_sum{gpu="1"} 12.5
      wait_seconds_count{gpu="1"} 4
      wait_seconds_bucket{gpu="2",le="0.1"} 0
      wait_seconds_bucket{gpu="2",le="1"} 0
      wait_seconds_bucket{gpu="2",le="+Inf"} 2
      wait_seconds_sum{gpu="2"} 30
      wait_seconds_count{gpu="2"} 2
      # TYPE up gauge
      up 1
      """;

  /** What a visitor hears, a line each. */
  private static final class Heard implements SampleVisitor {
    final List<String> lines = new ArrayList<>();

    @Override
    public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
      lines.add(series.labels() + " " + value);
    }

    @Override
    public boolean wantsHistograms() {
      return true;
    }

    @Override
    public void histogram(SeriesText series, Histogram histogram, long timestampMs)
        throws SyntaxError {
      String time = timestampMs == NO_TIMESTAMP ? "" : "@" + timestampMs;
      lines.add(series.labels() + " " + histogram + time);
    }

    @Override
    public void invalid(SeriesText series, String why) throws SyntaxError {
      lines.add("invalid " + series.labels() + ": " + why);
    }

    @Override
    public boolean wantsExemplars() {
      return true;
    }

    @Override
    public void exemplar(SeriesText labels, double value, long timestampMs) throws SyntaxError {
      lines.add("exemplar " + labels.labels() + " " + value);
    }
  }

  private static List<String> heard(ExpositionFormat format, boolean classicToo, String page)
      throws SyntaxError {
    var heard = new Heard();
    var converting = new ClassicAsCustom(heard, classicToo);
    byte[] bytes = page.getBytes(UTF_8);
    format.parse(bytes, bytes.length, Limits.NORMAL, converting);
    converting.end();
    return heard.lines;
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "OPEN_METRICS"})
  void buckets_sum_and_count_become_one_histogram_for_each_set_of_labels(ExpositionFormat format)
      throws Exception {
    String end = format == ExpositionFormat.OPEN_METRICS ? "# EOF\n" : "";

    assertThat(heard(format, false, PAGE + end))
        .containsExactly(
            "wait_seconds{gpu=\"1\"} {{schema:-53 count:4 sum:12.5 custom_values:[0.1 1] buckets:[1 2 1]}}",
            "wait_seconds{gpu=\"2\"} {{schema:-53 count:2 sum:30 custom_values:[0.1 1] offset:2 buckets:[2]}}",
            "up 1.0");
  }

  @Test
  void the_classic_series_stay_beside_where_that_is_wanted() throws Exception {
    List<String> lines = heard(ExpositionFormat.TEXT, true, PAGE);

    assertThat(lines).hasSize(13).contains("wait_seconds_count{gpu=\"2\"} 2.0");
    assertThat(lines.get(5)).startsWith("wait_seconds{gpu=\"1\"} {{schema:-53");
  }

  @Test
  void without_the_type_nothing_is_taken_for_a_histogram() throws Exception {
    String page = "wait_bucket{le=\"1\"} 1\nwait_bucket{le=\"+Inf\"} 1\nwait_count 1\n";

    assertThat(heard(ExpositionFormat.TEXT, false, page))
        .hasSize(3)
        .noneMatch(x -> x.contains("{{"));
  }

  @Test
  void what_is_missing_is_made_up_as_prometheus_does() throws Exception {
    String noInfinity = "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_count 3\na_sum 7\n";
    String noCount = "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 3\na_sum 7\n";
    String same = "a {{schema:-53 count:3 sum:7 custom_values:[1] buckets:[1 2]}}";

    assertThat(heard(ExpositionFormat.TEXT, false, noInfinity)).containsExactly(same);
    assertThat(heard(ExpositionFormat.TEXT, false, noCount)).containsExactly(same);
  }

  @Test
  void buckets_in_any_order_are_put_in_theirs() throws Exception {
    String page =
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 6\na_bucket{le=\"5\"} 3\na_bucket{le=\"1\"} 1\n";

    assertThat(heard(ExpositionFormat.TEXT, false, page))
        .containsExactly("a {{schema:-53 count:6 custom_values:[1 5] buckets:[1 2 3]}}");
  }

  @Test
  void a_histogram_that_contradicts_itself_is_told_as_invalid_and_costs_no_other()
      throws Exception {
    String page =
        """
        # TYPE a histogram
        a_bucket{x="1",le="1"} 5
        a_bucket{x="1",le="+Inf"} 3
        a_bucket{x="2",le="+Inf"} 3
        a_count{x="2"} 4
        a_bucket{x="3",le="+Inf"} 3
        """;

    List<String> lines = heard(ExpositionFormat.TEXT, false, page);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("invalid a{x=\"1\"}: its bucket number 2 holds 3.0");
    assertThat(lines.get(1)).startsWith("invalid a{x=\"2\"}: its _count is 4.0");
    assertThat(lines.get(2)).startsWith("a{x=\"3\"} {{schema:-53 count:3");
  }

  @Test
  void exemplars_of_buckets_are_those_of_the_histogram_and_times_stay() throws Exception {
    String page =
        """
        # TYPE a histogram
        a_bucket{le="1.0"} 1 12.5 # {trace_id="x"} 0.7
        a_bucket{le="+Inf"} 2 12.5 # {trace_id="y"} 3
        a_count 2 12.5
        a_sum 3.7 12.5
        # EOF
        """;

    assertThat(heard(ExpositionFormat.OPEN_METRICS, false, page))
        .containsExactly(
            "a {{schema:-53 count:2 sum:3.7 custom_values:[1] buckets:[1 1]}}@12500",
            "exemplar {trace_id=\"x\"} 0.7",
            "exemplar {trace_id=\"y\"} 3.0");
  }
}
