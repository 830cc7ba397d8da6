package io.oriel.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.backend.TargetStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadTwiceTest {
  private static TargetStatus status(TargetStatus.Kind kind, String where) {
    return new TargetStatus(
        "id",
        kind,
        "llm",
        "name",
        where,
        Labels.EMPTY,
        Map.of(),
        "container vllm-qwen",
        TargetStatus.Health.UP,
        "",
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  private static String said(String scraped, String collected) {
    var twice = new ReadTwice(List.of(status(TargetStatus.Kind.SCRAPE, scraped)));
    return twice.say(status(TargetStatus.Kind.COLLECTOR, collected)).foundBy();
  }

  @Test
  void a_system_that_is_scraped_and_found_too_says_so() {
    assertThat(said("http://localhost:8000/metrics", "http://127.0.0.1:8000"))
        .startsWith("container vllm-qwen; read twice: job llm of prometheus.yml scrapes it, too");
  }

  @Test
  void another_port_or_what_is_no_address_says_nothing() {
    assertThat(said("http://gpu1:8000/metrics", "http://gpu1:8001"))
        .isEqualTo("container vllm-qwen");
    assertThat(said("not an address", "/proc and /sys")).isEqualTo("container vllm-qwen");
    assertThat(said("http://[bad", "http://[bad")).isEqualTo("container vllm-qwen");
  }
}
