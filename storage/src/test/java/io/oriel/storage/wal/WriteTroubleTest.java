package io.oriel.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteTroubleTest {
  private final IOException full = new IOException("No space left on device");

  private final ManualClock clock = new ManualClock();
  private final List<String> said = new ArrayList<>();
  private final WriteTrouble trouble =
      new WriteTrouble(clock, (level, line) -> said.add(level + " " + line));

  @Test
  void a_full_disk_is_one_line_and_then_a_line_each_ten_minutes() {
    for (int second = 0; second < 1500; second += 5) { // 25 minutes
      trouble.failed("/data/wal", full);
      clock.advance(5_000);
    }

    assertThat(said).hasSize(3);
    assertThat(said.getFirst())
        .startsWith("ERROR ")
        .contains("log=/data/wal reason=\"No space left on device\" remedy=");
  }

  @Test
  void recovery_is_said_once_with_how_much_was_refused() {
    trouble.wrote("/data/wal");
    trouble.failed("/data/wal", full);
    trouble.failed("/data/wal", full);
    said.clear();

    clock.advance(60_000);
    trouble.wrote("/data/wal");
    trouble.wrote("/data/wal");

    assertThat(said)
        .containsExactly(
            "INFO the write-ahead log can be written again log=/data/wal refused_batches=2");
  }

  @Test
  void small_writes_that_succeed_on_a_full_disk_are_no_recovery() {
    for (int i = 0; i < 100; i++) {
      trouble.failed("/data/wal", full);
      clock.advance(1_000);
      trouble.wrote("/data/wal");
    }

    assertThat(said).hasSize(1);
  }

  @Test
  void what_fails_after_a_recovery_is_said_at_once() {
    trouble.failed("/data/wal", full);
    clock.advance(60_000);
    trouble.wrote("/data/wal");
    said.clear();

    trouble.failed("/data/wal", full);

    assertThat(said).hasSize(1);
  }
}
