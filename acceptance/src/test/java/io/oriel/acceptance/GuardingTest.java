package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Oriel behind TLS and a password, asked by curl, and scraped by Debian's Prometheus. */
class GuardingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String WEB =
      """
      tls_server_config: {cert_file: oriel.crt, key_file: oriel.key}
      basic_auth_users: {anna: %s}
      """;

  /** bcrypt, cost 4, of: open sesame. */
  private static final String HASH = "$2a$04$cfpLjxYT4x0t/Es7D0v77eONhwQrsYUSmdBtpqNW4onX3LxnBdM7e";

  @TempDir Path folder;

  @Test
  void a_prometheus_scrapes_it_over_tls_with_a_password_and_others_are_refused() throws Exception {
    String prometheus = Peer.program("prometheus", "prometheus");
    certificate();
    Path web = Files.writeString(folder.resolve("web.yml"), WEB.formatted(HASH));
    int port = Ports.freePair();
    try (var oriel = OrielProcess.launch(folder, port, "--web-config", web.toString())) {
      String healthy = "https://127.0.0.1:" + port + "/-/healthy";
      Await.until(
          "it answers", PATIENCE, () -> curl("-u", "anna:open sesame", healthy).equals("200"));

      assertThat(curl(healthy)).isEqualTo("401");
      assertThat(curl("-u", "anna:wrong", healthy)).isEqualTo("401");
      assertThat(curl("-u", "anna:open sesame", "--http2", healthy)).isEqualTo("200");
      assertThat(curl("http://127.0.0.1:" + port + "/-/healthy")).isNotEqualTo("200");
      assertThat(oriel.output()).contains("https://127.0.0.1:" + port).doesNotContain(HASH);

      int own = Ports.free();
      Path config = Files.writeString(folder.resolve("scrape.yml"), scrape(port));
      try (var _ =
          Peer.start(
              folder,
              "http://127.0.0.1:" + own + "/-/ready",
              prometheus,
              "--config.file=" + config,
              "--storage.tsdb.path=" + folder.resolve("tsdb"),
              "--web.listen-address=127.0.0.1:" + own)) {
        Await.until("the password is taken", PATIENCE, () -> up(own, "guarded").contains("\"1\""));
        Await.until("nobody else is", PATIENCE, () -> up(own, "stranger").contains("\"0\""));
      }

      Files.writeString(web, WEB.formatted(HASH).replace("anna", "bert"));
      assertThat(run("kill", "-HUP", String.valueOf(oriel.pid()))).isEmpty();
      Await.until(
          "read again", PATIENCE, () -> oriel.output().contains("configuration read again"));
      assertThat(curl("-u", "bert:open sesame", healthy)).as(oriel.output()).isEqualTo("200");
      assertThat(curl("-u", "anna:open sesame", healthy)).isEqualTo("401");
    }
  }

  private static String scrape(int port) {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s}
    scrape_configs:
      - job_name: guarded
        scheme: https
        tls_config: {ca_file: oriel.crt}
        basic_auth: {username: anna, password: open sesame}
        static_configs: [{targets: ["127.0.0.1:%1$d"]}]
      - job_name: stranger
        scheme: https
        tls_config: {ca_file: oriel.crt}
        static_configs: [{targets: ["127.0.0.1:%1$d"]}]
    """
        .formatted(port);
  }

  private String up(int port, String job) throws Exception {
    return run(
        "curl",
        "-s",
        "http://127.0.0.1:" + port + "/api/v1/query?query=up%7Bjob%3D%22" + job + "%22%7D");
  }

  /** The status of an answer; 000 where there is none. */
  private String curl(String... arguments) throws Exception {
    var words =
        new ArrayList<>(
            List.of(
                "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", "oriel.crt"));
    words.addAll(List.of(arguments));
    return run(words.toArray(String[]::new));
  }

  private void certificate() throws Exception {
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=oriel",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        "oriel.key",
        "-out",
        "oriel.crt");
    assertThat(folder.resolve("oriel.crt")).exists();
  }

  private String run(String... words) throws Exception {
    Process process = new ProcessBuilder(words).directory(folder.toFile()).start();
    process.getErrorStream().transferTo(java.io.OutputStream.nullOutputStream());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
