package io.oriel.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitesTest {
  private static final List<Route> ROUTES =
      List.of(
          Route.get("/read", "Reads", _ -> Answer.text("read")),
          Route.change("/change", "Changes", _ -> Answer.text("changed")));
  private static final Sites CONFIGURED =
      new Sites(List.of("Oriel.example"), List.of("https://tools.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://127.0.0.1:1", "http://localhost:1"})
  void a_foreign_origin_can_change_nothing_where_the_browser_says_no_more(String origin)
      throws Exception {
    try (var server = TestServer.below("", Limits.NORMAL, ROUTES)) {
      String answer = ask(server, "POST", "/change", "localhost", "Origin: " + origin);

      assertThat(answer).startsWith("HTTP/1.1 403");
      assertThat(answer)
          .contains("\"errorType\":\"forbidden\"", "a page of another site (" + origin + ")")
          .contains("or add the site to listen.origins");
    }
  }

  @Test
  void a_page_of_this_host_may_ask_for_a_change() throws Exception {
    try (var server = TestServer.below("", Limits.NORMAL, ROUTES)) {
      String here = "localhost:" + server.port();

      assertThat(ask(server, "POST", "/change", here, "Origin: http://" + here))
          .startsWith("HTTP/1.1 200");
      assertThat(ask(server, "POST", "/change", "LOCALHOST", "Origin: https://localhost"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_page_behind_a_proxy_that_tells_its_own_name_may_ask_for_a_change() throws Exception {
    try (var server = TestServer.below("", Limits.NORMAL, ROUTES)) {
      String answer =
          ask(
              server,
              "POST",
              "/change",
              "127.0.0.1",
              "Origin: https://oriel.example",
              "X-Forwarded-Host: oriel.example");

      assertThat(answer).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_configured_origin_may_ask_for_a_change_even_where_the_browser_calls_it_foreign()
      throws Exception {
    try (var server = TestServer.with(CONFIGURED, ROUTES)) {
      assertThat(ask(server, "POST", "/change", "localhost", "Origin: https://tools.example"))
          .startsWith("HTTP/1.1 200");
      assertThat(
              ask(
                  server,
                  "POST",
                  "/change",
                  "localhost",
                  "Origin: https://tools.example",
                  "Sec-Fetch-Site: cross-site"))
          .startsWith("HTTP/1.1 200");
      assertThat(ask(server, "POST", "/change", "localhost", "Origin: https://other.example"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void what_only_reads_is_answered_whatever_page_asks() throws Exception {
    try (var server = TestServer.below("", Limits.NORMAL, ROUTES)) {
      assertThat(ask(server, "GET", "/read", "localhost", "Origin: http://evil.example"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil"})
  void on_loopback_a_foreign_name_is_not_answered(String host) throws Exception {
    try (var server = TestServer.below("", Limits.NORMAL, ROUTES)) {
      String answer = ask(server, "GET", "/read", host + ":" + server.port());

      assertThat(answer).startsWith("HTTP/1.1 403");
      assertThat(answer)
          .contains("Oriel does not answer under the name " + host)
          .contains("add the name to listen.hosts");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:23000", "127.0.0.1:80", "127.1.2.3", "[::1]:9"})
  void on_loopback_its_own_names_are_answered(String host) throws Exception {
    try (var server = TestServer.below("", Limits.NORMAL, ROUTES)) {
      assertThat(ask(server, "GET", "/read", host)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_configured_name_is_answered() throws Exception {
    try (var server = TestServer.with(CONFIGURED, ROUTES)) {
      assertThat(ask(server, "GET", "/read", "oriel.example")).startsWith("HTTP/1.1 200");
      assertThat(ask(server, "GET", "/read", "oriel.example.:443")).startsWith("HTTP/1.1 200");
      assertThat(ask(server, "GET", "/read", "other.example")).startsWith("HTTP/1.1 403");
    }
  }

  private static String ask(
      TestServer server, String method, String path, String host, String... headers)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
      for (String header : headers) head.append(header).append("\r\n");
      head.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
