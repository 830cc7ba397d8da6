package io.oriel.collect.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.TextPage;
import io.oriel.collect.Told;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import io.oriel.wire.testing.TestTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativePageTest {
  private final Readings readings = new Readings();
  private TestTarget target;
  private Peer peer;
  private NativePage page;

  @BeforeEach
  void start() throws IOException {
    target = new TestTarget();
    var address = Address.of(URI.create("http://" + target.address()), "a test");
    peer = Peer.at(address, 5000, new ManualClock(0));
    page = new NativePage(peer, "/metrics");
  }

  @AfterEach
  void stop() {
    peer.close();
    target.close();
  }

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    page.read(readings, _ -> {});
    return Told.of(readings);
  }

  @Test
  void samples_are_told_as_they_stand_there_and_types_by_family() throws Exception {
    target.page =
        """
        # HELP vllm:ttft_seconds Time to first token.
        # TYPE vllm:ttft_seconds histogram
        vllm:ttft_seconds_bucket{le="0.5",model_name="m"} 3
        vllm:ttft_seconds_bucket{le="+Inf",model_name="m"} 4
        vllm:ttft_seconds_sum{model_name="m"} 1.5
        vllm:ttft_seconds_count{model_name="m"} 4
        """;

    assertThat(round().of("vllm:ttft_seconds_bucket{le=\"0.5\", model_name=\"m\"}")).isEqualTo(3);
    assertThat(new String(TextPage.of(readings), StandardCharsets.UTF_8)).isEqualTo(target.page);
  }

  @Test
  void lines_that_come_go_and_change_places_are_told_as_they_stand() throws Exception {
    var random = new Random(7);
    var lines = new ArrayList<String>();
    for (int round = 0; round < 60; round++) {
      if (round % 3 == 0) lines.add(random.nextInt(lines.size() + 1), "x{i=\"" + round + "\"}");
      if (round % 7 == 6) lines.remove(random.nextInt(lines.size()));
      if (round % 10 == 9) Collections.shuffle(lines, random);
      var expected = new ArrayList<String>();
      for (String each : lines) expected.add(each + " " + random.nextInt(1000));
      boolean breaksOff = round % 8 == 5;
      target.page = String.join("\n", expected) + (breaksOff ? "\nx{i=\"1} 2\n" : "\n");

      if (breaksOff) {
        assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);
        continue;
      }
      round();

      var told = new String(TextPage.of(readings), StandardCharsets.UTF_8);
      assertThat(told.lines().filter(line -> !line.startsWith("#")))
          .as("round %s", round)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void a_page_that_breaks_off_tells_nothing() {
    target.page = "a 1\nb{x=\"1} 2\n";

    assertThatThrownBy(this::round)
        .isInstanceOf(CollectorFailure.class)
        .hasMessageContaining("line 2");
    assertThat(readings.size()).isZero();
  }

  @Test
  void a_page_that_is_no_metrics_is_told_so() {
    target.contentType = "text/html";
    target.page = "<html>";

    assertThatThrownBy(this::round).hasMessageContaining("no format of metrics");
  }

  @Test
  void series_come_and_go_between_rounds() throws Exception {
    target.page = "a 1\nb 2\n";
    round();
    target.page = "b 3\nc 4\n";

    assertThat(round().values().values()).containsExactly(3.0, 4.0);
    target.page = "a 5\n";
    assertThat(round().values().values()).containsExactly(5.0);
  }

  @Test
  void a_real_page_is_told_whole() throws Exception {
    var capture = SharedData.reference("metrics/samples/vllm_datadog_fixture.txt");
    target.page = Files.readString(capture);
    long lines =
        target.page.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).count();
    var seen = new ArrayList<String>();
    readings.begin();

    page.read(readings, series -> seen.add(series.metric().name()));

    assertThat(seen).hasSize((int) lines);
    assertThat(readings.size()).isEqualTo((int) lines);
  }
}
