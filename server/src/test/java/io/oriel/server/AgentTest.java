package io.oriel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.engines.prometheus.Destination;
import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.AgentPage;
import io.oriel.server.config.Flags;
import io.oriel.server.config.OrielConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent, wired as it ships, on a free port of this machine. */
class AgentTest {
  private static final String NODE_ALONE =
      """
      collectors: {discover: false}
      agent:
        node_port: %d
        gpu_port: 0
        container_port: 0
      """;

  @TempDir Path folder;

  @Test
  void the_machine_is_told_as_text_or_openmetrics_as_who_asks_prefers() throws Exception {
    int port = free();
    try (var agent = start(NODE_ALONE.formatted(port), List.of())) {
      HttpResponse<String> text = get(port, "/metrics", "*/*");
      HttpResponse<String> open = get(port, "/metrics", "application/openmetrics-text;q=0.8");

      assertThat(text.headers().firstValue("Content-Type")).hasValue(TEXT);
      assertThat(text.body())
          .contains("# TYPE node_load1 gauge\nnode_load1 ", "oriel_build_info{")
          .contains("oriel_collector_success{collector=\"node\"} 1\n")
          .doesNotContain("\nup ", "# EOF");
      assertThat(open.headers().firstValue("Content-Type").orElse("")).contains("openmetrics");
      assertThat(open.body())
          .contains("# TYPE node_context_switches counter\nnode_context_switches_total ")
          .endsWith("# EOF\n");
      assertThat(agent.says()).singleElement().asString().contains(":" + port + "/metrics");
    }
  }

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  @Test
  void its_first_page_lists_what_is_told_and_what_is_read() throws Exception {
    int port = free();
    try (var _ = start(NODE_ALONE.formatted(port), List.of())) {
      assertThat(get(port, "/", "*/*").body())
          .contains("http://127.0.0.1:" + port + "/metrics", "the machine", "/proc and /sys");
      assertThat(get(port, "/-/ready", "*/*").statusCode()).isEqualTo(200);
      assertThat(get(port, "/api/v1/query", "*/*").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_port_that_another_program_has_keeps_nothing_else_from_starting() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String yaml = NODE_ALONE.formatted(taken.getLocalPort());
      var dead = Destination.to("push", URI.create("http://127.0.0.1:1/api/v1/write"));

      assertThatThrownBy(() -> start(yaml, List.of()))
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining("--port NAME=N");
      try (var agent = start(yaml, List.of(dead))) {
        assertThat(agent.says())
            .containsExactly("pushing to http://127.0.0.1:1/api/v1/write (queue push)");
      }
    }
  }

  @Test
  void listening_beyond_this_machine_without_a_guard_is_refused() throws Exception {
    String yaml = NODE_ALONE.formatted(free()) + "listen: {address: 0.0.0.0}\n";

    assertThatThrownBy(() -> start(yaml, List.of()))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("--web-config");
  }

  @Test
  void beyond_this_machine_a_token_is_asked_for() throws Exception {
    int port = free();
    Files.writeString(folder.resolve("token"), "open-sesame-open-sesame");
    Files.writeString(folder.resolve("web.yml"), "bearer_tokens: [{token_file: token}]\n");
    String yaml = NODE_ALONE.formatted(port) + "listen: {address: 0.0.0.0, web_config: web.yml}\n";
    try (var _ = start(yaml, List.of())) {
      assertThat(get(port, "/metrics", "*/*").statusCode()).isEqualTo(401);
      var asked =
          request(port, "/metrics", "*/*")
              .header("Authorization", "Bearer open-sesame-open-sesame");
      assertThat(send(asked).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_agent_without_collectors_is_refused() {
    assertThatThrownBy(() -> start("collectors: {enabled: false}\n", List.of()))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("switched off");
  }

  @Test
  void a_page_is_written_before_the_scrape_ends() {
    assertThat(ToldPage.patience("15")).isEqualTo(Duration.ofMillis(14_500));
    assertThat(ToldPage.patience("0.2")).isEqualTo(Duration.ofMillis(100));
    assertThat(ToldPage.patience("1e300")).isEqualTo(Duration.ofSeconds(60));
    for (String nonsense : List.of("", "soon", "-1", "NaN")) {
      assertThat(ToldPage.patience(nonsense)).isEqualTo(Duration.ofMillis(9_500));
    }
  }

  @Test
  void what_no_page_of_the_field_tells_has_a_page_too() {
    assertThat(AgentPage.ofCollector("llama.cpp")).isEqualTo(AgentPage.VLLM);
    assertThat(AgentPage.ofCollector("qdrant")).isEqualTo(AgentPage.OTHER);
    assertThat(AgentPage.of("gpu")).hasValue(AgentPage.GPU);
    assertThat(AgentPage.of("pages")).isEmpty();
  }

  private Agent start(String yaml, List<Destination> push) throws IOException {
    Path file = Files.writeString(folder.resolve("oriel.yaml"), yaml);
    var flags =
        new Flags(
            Optional.of(file),
            Optional.of(folder.resolve("data")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            List.of(),
            Optional.empty());
    return Agent.start(
        () -> OrielConfig.load(flags, _ -> null),
        agent -> agent.with(Map.of(), push),
        Clock.system());
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HttpRequest.Builder request(int port, String path, String accept) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .header("Accept", accept);
  }

  private static HttpResponse<String> get(int port, String path, String accept) throws Exception {
    return send(request(port, path, accept));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
