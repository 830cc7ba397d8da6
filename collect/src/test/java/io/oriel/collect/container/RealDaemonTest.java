package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.node.Roots;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against a daemon of this machine, where there is one: it is read, and nothing is changed. */
class RealDaemonTest {
  @Test
  void a_real_daemon_is_read() throws Exception {
    @Nullable Address address = new Sockets(System.getenv(), java.nio.file.Path.of("/")).find();
    assumeThat(address).as("skipped, nothing was checked: no Docker or Podman here").isNotNull();
    var clock = new ManualClock(System.currentTimeMillis());
    try (var collector =
        new ContainerCollector(
            () -> address,
            each -> Peer.at(each, 5_000, clock),
            Roots.HOST,
            clock,
            Duration.ofSeconds(15))) {
      var readings = new Readings();

      readings.begin();
      collector.collect(readings);
      clock.advance(1_000);
      readings.begin();
      collector.collect(readings);

      assertThat(readings.failures()).isEmpty();
      assertThat(Told.of(readings).types()).containsKey("oriel_container_engine_info");
      assertThat(collector.containers().list())
          .filteredOn(Container::isRunning)
          .allSatisfy(each -> assertThat(each.image()).isNotEmpty());
    }
  }
}
