package io.oriel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerDoctorTest {
  private static final String ID = "ab".repeat(32);
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    daemon.createContext("/", DockerDoctorTest::answer);
    daemon.start();
  }

  @AfterEach
  void stop() {
    daemon.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body =
        path.endsWith("/version")
            ? "{\"ApiVersion\":\"1.43\"}"
            : path.endsWith("/containers/json")
                ? "[{\"Id\":\"%s\",\"Names\":[\"/web\"],\"Image\":\"web:1\",\"State\":\"running\"}]"
                    .formatted(ID)
                : path.endsWith(ID + "/json")
                    ? """
                    {"Id":"%s","Name":"/web","State":{"Status":"running",
                     "Health":{"Status":"unhealthy"}},
                     "HostConfig":{"Memory":1000000,"NanoCpus":1000000000}}\
                    """
                        .formatted(ID)
                    : path.endsWith("/events") ? "" : "{}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int run(String... more) {
    var arguments = new java.util.ArrayList<String>();
    java.util.Collections.addAll(arguments, "docker", "doctor", "--seconds", "1", "--host");
    arguments.add("tcp://127.0.0.1:" + daemon.getAddress().getPort());
    java.util.Collections.addAll(arguments, more);
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  @Test
  void findings_are_said_in_words_with_a_script_and_the_exit_code_says_that_there_are_some() {
    assertThat(run()).isEqualTo(1);

    assertThat(out.toString())
        .contains("web: unhealthy: its health check fails", "1 containers: 1 findings")
        .contains("#!/bin/sh", "# docker restart abababababab");
  }

  @Test
  void a_keep_list_is_read_from_a_file_and_json_is_for_machines() throws IOException {
    Path list = Files.writeString(folder.resolve("keep"), "db\n# web is not ours\n");

    assertThat(run("--json", "--keep-list", list.toString())).isEqualTo(1);

    assertThat(out.toString())
        .startsWith("{")
        .contains("\"unhealthy\"", "\"not-on-keep-list\"")
        .doesNotContain("#!/bin/sh");
  }

  @Test
  void a_daemon_that_is_not_there_is_one_sentence() {
    daemon.stop(0);

    assertThat(run()).isEqualTo(3);

    assertThat(err.toString()).startsWith("oriel: 127.0.0.1:").contains("refused the connection");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void an_address_that_is_none_is_wrong_usage() {
    assertThat(run("--host", "ssh://gpu1")).isEqualTo(2);
    assertThat(run("--seconds", "0")).isEqualTo(2);
    assertThat(run("--keep-list", "/nowhere/at/all")).isEqualTo(2);
  }
}
