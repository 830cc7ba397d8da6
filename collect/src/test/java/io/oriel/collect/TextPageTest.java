package io.oriel.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.wire.exposition.ExpositionFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPageTest {
  @Test
  void a_metric_stands_together_with_its_type_and_help() {
    Metric warmth = Metric.gauge("room_celsius", "How warm it is.");
    Metric doors = Metric.untyped("doors_opened", "Doors opened.");
    var readings = new Readings();
    readings.begin();
    readings.tell(warmth, Labels.of("room", "hall"), 20.5);
    readings.tell(doors, 3);
    readings.tell(warmth, Labels.of("room", "attic \"old\""), 15);

    assertThat(new String(TextPage.of(readings), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # HELP room_celsius How warm it is.
            # TYPE room_celsius gauge
            room_celsius{room="hall"} 20.5
            room_celsius{room="attic \\"old\\""} 15
            # HELP doors_opened Doors opened.
            # TYPE doors_opened untyped
            doors_opened 3
            """);
  }

  @Test
  void openmetrics_calls_a_counter_by_its_name_without_the_end_where_that_is_its_own() {
    var readings = new Readings();
    readings.begin();
    readings.tell(Metric.counter("requests_total", "Requests."), 3);
    readings.tell(Metric.counter("DCGM_FI_DEV_ENERGY", "Energy."), 4);
    readings.tell(Metric.gauge("tokens", "Tokens."), 5);
    readings.tell(Metric.counter("tokens_total", "Tokens."), 6);

    assertThat(page(readings, ExpositionFormat.OPEN_METRICS))
        .isEqualTo(
            """
            # HELP requests Requests.
            # TYPE requests counter
            requests_total 3
            # HELP DCGM_FI_DEV_ENERGY Energy.
            # TYPE DCGM_FI_DEV_ENERGY unknown
            DCGM_FI_DEV_ENERGY 4
            # HELP tokens Tokens.
            # TYPE tokens gauge
            tokens 5
            # HELP tokens_total Tokens.
            # TYPE tokens_total unknown
            tokens_total 6
            # EOF
            """);
  }

  @Test
  void parts_of_a_histogram_stand_under_one_head_and_what_is_no_part_beside_it() {
    var readings = new Readings();
    readings.begin();
    String help = "How long.";
    MetricMetadata.Type type = MetricMetadata.Type.HISTOGRAM;
    readings.tell(new Metric("wait_bucket", type, help, "wait"), Labels.of("le", "+Inf"), 2);
    readings.tell(new Metric("wait_created", type, help, "wait"), 7);
    readings.tell(new Metric("wait_sum", type, help, "wait"), 1.5);
    readings.tell(new Metric("wait_count", type, help, "wait"), 2);

    assertThat(page(readings, ExpositionFormat.TEXT))
        .isEqualTo(
            """
            # HELP wait How long.
            # TYPE wait histogram
            wait_bucket{le="+Inf"} 2
            wait_sum 1.5
            wait_count 2
            # HELP wait_created How long.
            # TYPE wait_created gauge
            wait_created 7
            """);
  }

  private static String page(Readings readings, ExpositionFormat format) {
    Collector collector = new Nobody();
    return new String(
        TextPage.of(List.of(Round.of(collector, 0, readings)), format), StandardCharsets.UTF_8);
  }

  private static final class Nobody implements Collector {
    @Override
    public String name() {
      return "nobody";
    }

    @Override
    public String where() {
      return "nowhere";
    }

    @Override
    public List<Metric> metrics() {
      return List.of();
    }

    @Override
    public void collect(Readings out) {}
  }
}
