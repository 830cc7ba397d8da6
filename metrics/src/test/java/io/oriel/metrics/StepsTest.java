package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> said = new ArrayList<>();
  private final Steps steps = new Steps(clock, (level, line) -> said.add(level + " " + line));

  private static void fullDisk() throws IOException {
    throw new IOException("No space left on device");
  }

  @Test
  void a_failure_that_goes_on_is_one_line_and_then_a_line_each_ten_minutes() {
    for (int second = 0; second < 1500; second += 5) { // 25 minutes
      steps.attempt("cut a block", StepsTest::fullDisk);
      clock.advance(5_000);
    }

    assertThat(said)
        .hasSize(3)
        .containsOnly(
            "ERROR housekeeping could not cut a block signal=metrics"
                + " reason=\"No space left on device\" remedy=\"look at the space on the disk of the"
                + " data folder and at the rights on it\"; tried again every 5 s, next line in 10m");
  }

  @Test
  void recovery_is_said_once() {
    steps.attempt("cut a block", StepsTest::fullDisk);
    said.clear();

    for (int i = 0; i < 3; i++) steps.attempt("cut a block", () -> {});

    assertThat(said).containsExactly("INFO housekeeping can cut a block again signal=metrics");
  }

  @Test
  void what_fails_keeps_no_other_step_from_its_work_nor_from_being_heard() {
    var done = new ArrayList<String>();

    steps.attempt("cut a block", StepsTest::fullDisk);
    steps.attempt(
        "merge blocks",
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
    steps.attempt("check blocks", () -> done.add("checked"));

    assertThat(done).containsExactly("checked");
    assertThat(said).hasSize(2);
    assertThat(said.getLast()).contains("OutOfMemoryError", "ORIEL_JAVA_OPTIONS=-Xmx");
  }
}
