package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Metric;
import io.oriel.collect.node.Roots;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** cAdvisor's own page, recorded: what is told under its names has its types. */
class CadvisorNamesTest {
  /** Of cAdvisor's, and not on the page that was recorded. */
  private static final Set<String> NOT_RECORDED =
      Set.of(
          "container_spec_memory_limit_bytes",
          "container_spec_memory_reservation_limit_bytes",
          "container_spec_memory_swap_limit_bytes");

  private static List<Metric> told() {
    var clock = new ManualClock(0);
    try (var collector =
        new ContainerCollector(
            () -> null,
            each -> Peer.at(each, 1, clock),
            Roots.HOST,
            clock,
            Duration.ofSeconds(15))) {
      return collector.metrics();
    }
  }

  @Test
  void a_name_of_cadvisor_has_cadvisors_type() throws IOException {
    Map<String, String> recorded = new TreeMap<>();
    try (Stream<String> lines =
        Files.lines(SharedData.reference("metrics/samples/cadvisor_unit_fixture.txt"))) {
      lines
          .filter(line -> line.startsWith("# TYPE "))
          .map(line -> line.split(" "))
          .forEach(words -> recorded.put(words[2], words[3]));
    }
    var different = new TreeMap<String, String>();
    for (Metric each : told()) {
      if (!each.name().startsWith("container_")) continue;
      String type = each.type().name().toLowerCase(Locale.ROOT);
      String theirs = recorded.getOrDefault(each.name(), "not there");
      if (!theirs.equals(type) && !NOT_RECORDED.contains(each.name())) {
        different.put(each.name(), type + ", and there " + theirs);
      }
    }

    assertThat(recorded).hasSizeGreaterThan(80);
    assertThat(different).isEmpty();
  }

  @Test
  void what_dashboards_of_the_field_ask_for_is_told() throws IOException {
    var asked = new TreeSet<String>();
    for (String line : Files.readAllLines(SharedData.conformance("dashboards/METRICS.tsv"))) {
      String name = line.substring(line.indexOf('\t') + 1);
      if (name.startsWith("container_") || name.startsWith("machine_")) asked.add(name);
    }
    for (Metric each : told()) asked.remove(each.name());

    assertThat(asked).isEmpty();
  }
}
