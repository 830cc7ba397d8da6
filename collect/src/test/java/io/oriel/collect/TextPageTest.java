package io.oriel.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import java.nio.charset.StandardCharsets;
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
}
