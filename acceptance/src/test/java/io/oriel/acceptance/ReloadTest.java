package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP to a running process, as `systemctl reload` sends it: all of a configuration, or none. */
class ReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path file;
  private OrielProcess oriel;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("prometheus.yml");
    write(job("first"));
    oriel = OrielProcess.up(folder, "--no-collectors", "--prometheus-config", file.toString());
    assertThat(jobs()).contains("\"first\"");
  }

  @AfterEach
  void stop() {
    oriel.close();
  }

  private void write(String jobs) throws IOException {
    Files.writeString(file, "scrape_configs:\n" + jobs);
  }

  private static String job(String name) {
    return "  - job_name: " + name + "\n    static_configs: [{targets: ['127.0.0.1:1']}]\n";
  }

  private void hangUp() throws Exception {
    assumeFalse(ignoresHangUp(), "skipped: these tests run under nohup, where SIGHUP is ignored");
    new ProcessBuilder("kill", "-HUP", String.valueOf(oriel.pid())).start().waitFor();
  }

  /**
   * Whoever started the tests may have told the signal to be ignored, and a child inherits that.
   */
  private boolean ignoresHangUp() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + oriel.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
    }
  }

  private void awaitLog(String words) throws Exception {
    Await.until("the log says " + words, PATIENCE, () -> oriel.output().contains(words));
  }

  private String jobs() throws Exception {
    return oriel.get("/api/v1/scrape_pools");
  }

  private boolean worked() throws Exception {
    return Json.read(oriel.get("/api/v1/status/runtimeinfo"))
        .at("/data/reloadConfigSuccess")
        .asBoolean();
  }

  @Test
  void a_changed_prometheus_yml_is_followed_without_a_restart() throws Exception {
    write(job("second") + job("third"));

    hangUp();

    awaitLog("configuration read again");
    assertThat(jobs()).contains("\"second\"", "\"third\"").doesNotContain("\"first\"");
    assertThat(worked()).isTrue();
  }

  @Test
  void of_a_broken_one_nothing_is_taken_over_and_the_log_says_where_it_is_wrong() throws Exception {
    write(job("second") + job("third") + "    scrape_intervall: 5s\n");

    hangUp();

    awaitLog("prometheus.yml:6");
    assertThat(oriel.output()).contains("the old one stays in force").doesNotContain("\tat ");
    assertThat(jobs()).contains("\"first\"").doesNotContain("\"second\"");
    assertThat(worked()).isFalse();
    oriel.get("/-/ready");

    write(job("second"));
    hangUp();

    awaitLog("configuration read again");
    assertThat(jobs()).contains("\"second\"");
  }

  @Test
  void asked_by_the_api_a_broken_one_is_refused_with_its_place() throws Exception {
    write("  - job_name: [\n");
    var request =
        HttpRequest.newBuilder(URI.create(oriel.url() + "/-/reload"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    var answer = oriel.http.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("prometheus.yml:");
    assertThat(jobs()).contains("\"first\"");
  }
}
