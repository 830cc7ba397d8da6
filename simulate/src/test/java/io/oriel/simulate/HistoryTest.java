package io.oriel.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.peer.Transport;
import io.oriel.model.testing.ManualClock;
import io.oriel.simulate.History.Stretch;
import io.oriel.wire.fetch.Ask;
import io.oriel.wire.fetch.PageBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  private final ManualClock clock = new ManualClock(START);
  @TempDir Path folder;

  private Simulation start(Duration past) throws Exception {
    return Simulation.start(SimulationSettings.normal(folder).withPast(past), clock);
  }

  private static String text(Transport transport) throws Exception {
    var buffer = new PageBuffer();
    transport.fetch(Ask.get("/metrics"), buffer);
    return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
  }

  @Test
  void the_past_ends_where_the_present_begins() throws Exception {
    try (Simulation simulation = start(Duration.ofHours(3))) {
      History history = simulation.history();

      history.walk(new Stretch(START - 3_600_000, START + 1, 120_000), _ -> {});

      for (String name : List.of("vllm-llama-70b", "litellm", "qdrant", "node")) {
        assertThat(text(history.transport(name)))
            .as(name)
            .isEqualTo(text(simulation.transport(name)));
      }
    }
  }

  @Test
  void newest_first_and_oldest_first_are_the_same_past() throws Exception {
    try (Simulation simulation = start(Duration.ofHours(2))) {
      History whole = simulation.history();
      History late = simulation.history();
      long middle = START - 3_600_000;

      whole.walk(new Stretch(middle - 1_800_000, middle, 15_000), _ -> {});
      whole.walk(new Stretch(middle, middle + 15_000, 15_000), _ -> {});
      late.walk(new Stretch(middle, middle + 15_000, 15_000), _ -> {});

      assertThat(text(late.transport("litellm"))).isEqualTo(text(whole.transport("litellm")));
    }
  }

  @Test
  void a_round_comes_at_every_step_of_the_usual_stretches() throws Exception {
    try (Simulation simulation = start(Duration.ofHours(26))) {
      History history = simulation.history();
      var rounds = new ArrayList<Long>();

      for (Stretch each : history.stretches()) history.walk(each, rounds::add);

      assertThat(rounds).isSorted().doesNotHaveDuplicates();
      assertThat(rounds.size()).isBetween(5_700, 5_900);
      assertThat(rounds.getLast()).isBetween(START - 15_000, START - 1);
    }
  }

  @Test
  void it_does_not_go_back() throws Exception {
    try (Simulation simulation = start(Duration.ofHours(2))) {
      History history = simulation.history();
      history.walk(new Stretch(START - 60_000, START, 15_000), _ -> {});

      assertThatThrownBy(() -> history.walk(new Stretch(START - 90_000, START, 15_000), _ -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("can't go back");
    }
  }
}
