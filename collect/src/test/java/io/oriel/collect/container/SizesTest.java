package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizesTest {
  private static final long T0 = 1_750_000_000_000L;
  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(T0);
  private FakeDaemon daemon;
  private Sizes sizes;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(folder);
    daemon.on(
        "/containers/json",
        FakeDaemon.json(
            "[{\"Id\":\"a\",\"SizeRw\":4096},{\"Id\":\"b\",\"SizeRw\":-1},{\"Id\":\"c\"}]"));
    sizes = new Sizes(() -> new Engine(Peer.at(daemon.address(), 300, clock)));
  }

  @AfterEach
  void stop() throws IOException {
    sizes.close();
    daemon.close();
  }

  @Test
  void a_round_does_not_wait_and_the_next_one_has_the_answer() throws Exception {
    assertThat(sizes.lately(T0)).isEmpty();
    sizes.await();

    assertThat(sizes.lately(T0 + 15_000)).containsOnlyKeys("a").containsEntry("a", 4096.0);
    assertThat(daemon.asked("size=1")).isOne();
  }

  @Test
  void it_is_asked_every_quarter_of_an_hour_and_an_old_answer_is_none() throws Exception {
    sizes.lately(T0);
    sizes.await();
    daemon.on("/containers/json", FakeDaemon.status(403, "{}"));

    sizes.lately(T0 + 900_000);
    sizes.await();

    assertThat(daemon.asked("size=1")).isEqualTo(2);
    assertThat(sizes.lately(T0 + 900_001)).isNotEmpty();
    assertThat(sizes.lately(T0 + 2_700_001)).isEmpty();
  }
}
