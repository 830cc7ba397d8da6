package io.oriel.simulate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server =
        HttpServer.onPort(
            "test",
            0,
            question ->
                question.path().equals("/nobody")
                    ? Answer.NOBODY
                    : Answer.text(
                        200, question.method() + question.path() + question.text(), "text/plain"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String said(String request) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void several_questions_go_over_one_connection() throws Exception {
    String one = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
    String two = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";

    assertThat(said(one + two))
        .contains("GET/a")
        .contains("POST/bhi")
        .contains("Content-Length: 8");
  }

  @Test
  void who_is_not_there_says_nothing() throws Exception {
    assertThat(said("GET /nobody HTTP/1.1\r\n\r\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void what_is_no_request_is_refused(String request) throws Exception {
    assertThat(said(request)).startsWith("HTTP/1.1 4");
  }

  @Test
  void an_endless_head_ends_the_connection() throws Exception {
    assertThat(said("GET / HTTP/1.1\r\nX: " + "a".repeat(14_000))).isEmpty();
  }

  @Test
  void a_closed_server_takes_nobody() {
    server.close();

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> said("GET / HTTP/1.1\r\n\r\n"))
        .isInstanceOf(java.io.IOException.class);
  }
}
