package io.oriel.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final Route ECHO =
      Route.getOrPost("/echo", "Says a word", call -> Answer.text(call.param("word").orElse("-")));

  @Test
  void parameters_come_from_the_address_and_from_a_form_body() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      assertThat(server.get("/echo?word=a%20b%C3%A4").body()).isEqualTo("a bä");
      assertThat(server.post("/echo", "word=up%7Bx%3D%221%22%7D").body()).isEqualTo("up{x=\"1\"}");
      assertThat(server.post("/echo?word=address", "word=body").body()).isEqualTo("body");
    }
  }

  @Test
  void an_unknown_path_is_answered_with_what_to_do() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var answer = server.get("/ehco");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .isEqualTo(
              "{\"status\":\"error\",\"errorType\":\"not_found\",\"error\":\"there is nothing at"
                  + " /ehco; GET /api lists what is served here\"}");
    }
  }

  @Test
  void a_wrong_method_names_the_right_ones() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var answer = server.send(server.request("/echo").DELETE().build());

      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
      assertThat(answer.body()).contains("DELETE is not offered at /echo; ask with GET or POST");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "PROPFIND", "BREW"})
  void an_unknown_method_names_the_right_ones_also_where_pages_are(String method) throws Exception {
    Route pages = Route.get("/**", "Pages", _ -> Answer.text("a page"));
    try (var server = TestServer.of(ECHO, pages)) {
      for (String path : List.of("/", "/targets", "/echo")) {
        var request = server.request(path).method(method, BodyPublishers.noBody()).build();

        var answer = server.send(request);

        assertThat(answer.statusCode()).as(path).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
      }
    }
  }

  @Test
  void a_push_to_where_nothing_takes_it_learns_that() throws Exception {
    Route pages = Route.get("/**", "Pages", _ -> Answer.text("a page"));
    try (var server = TestServer.of(pages)) {
      assertThat(server.post("/nosuch", "").statusCode()).isEqualTo(404);
      assertThat(server.post("/", "").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void a_route_whose_callers_write_logs_tells_every_error_as_text() throws Exception {
    Route push =
        new Route(
                List.of("POST"),
                "/push",
                "Takes in",
                call -> Answer.bytes(200, Answer.TEXT, call.body()))
            .errorsInText();
    var limits = Limits.NORMAL.with(Limit.REQUEST_BODY_BYTES, 10);
    try (var server = TestServer.below("", limits, List.of(push))) {
      var wrongMethod = server.get("/push");
      var tooLarge =
          server.send(
              server.request("/push").POST(BodyPublishers.ofString("x".repeat(20))).build());
      var foreign = server.post("/push", "", "Sec-Fetch-Site", "cross-site");

      assertThat(List.of(wrongMethod.statusCode(), tooLarge.statusCode(), foreign.statusCode()))
          .containsExactly(405, 413, 403);
      for (var answer : List.of(wrongMethod, tooLarge, foreign)) {
        assertThat(answer.headers().firstValue("Content-Type")).contains(Answer.TEXT);
        assertThat(answer.body()).doesNotContain("{").contains("; ").endsWith("\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void who_is_refused_while_sending_much_still_reads_why(HttpClient.Version version)
      throws Exception {
    Route push =
        new Route(
            List.of("POST"),
            "/push",
            "Takes in",
            call -> Answer.bytes(200, Answer.TEXT, call.body()));
    var limits = Limits.NORMAL.with(Limit.REQUEST_BODIES_BYTES, 100_000);
    try (var server = TestServer.below("", limits, List.of(push));
        var client = HttpClient.newBuilder().version(version).build()) {
      var request =
          server
              .request("/push")
              .version(version)
              .POST(BodyPublishers.ofByteArray(new byte[8 << 20]))
              .build();
      client.send(
          server.request("/api").version(version).build(),
          java.net.http.HttpResponse.BodyHandlers.ofString());

      var answer = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.body()).contains("limits.request_bodies_bytes");
    }
  }

  @Test
  void everything_is_served_below_the_base_path_too() throws Exception {
    try (var server = TestServer.below("/oriel", Limits.NORMAL, List.of(ECHO))) {
      assertThat(server.get("/oriel/echo?word=x").body()).isEqualTo("x");
      assertThat(server.get("/echo?word=x").body()).isEqualTo("x");
      assertThat(server.get("/orielecho").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_body_over_the_limit_is_refused_by_name() throws Exception {
    var limits = Limits.NORMAL.with(Limit.REQUEST_BODY_BYTES, 100);
    try (var server = TestServer.below("", limits, List.of(ECHO))) {
      var answer = server.post("/echo", "word=" + "x".repeat(200));

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("raise limits.request_body_bytes");
    }
  }

  @Test
  void a_defect_is_a_500_with_an_id_and_no_stack_trace() throws Exception {
    Route broken =
        Route.get(
            "/broken",
            "Fails",
            _ -> {
              throw new IllegalStateException("a defect made by a test");
            });
    try (var server = TestServer.of(broken)) {
      var answer = server.get("/broken");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("its log tells more under id").doesNotContain("Exception");
    }
  }

  @Test
  void large_answers_are_compressed_for_those_who_can_read_that() throws Exception {
    Route large = Route.get("/large", "Much", _ -> Answer.text("all the same ".repeat(10_000)));
    try (var server = TestServer.of(large)) {
      var packed = server.bytes("/large", "Accept-Encoding", "gzip");
      var plain = server.bytes("/large");

      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(in.readAllBytes()).isEqualTo(plain.body());
      }
    }
  }

  @Test
  void zstd_is_preferred_by_who_takes_both() throws Exception {
    Route large = Route.get("/large", "Much", _ -> Answer.text("all the same ".repeat(10_000)));
    try (var server = TestServer.of(large)) {
      var packed = server.bytes("/large", "Accept-Encoding", "gzip, deflate, br, zstd");

      assertThat(packed.headers().firstValue("Content-Encoding")).contains("zstd");
      try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("all the same ".repeat(10_000));
      }
    }
  }

  @Test
  void a_body_packed_by_zstd_is_not_unpacked() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var answer = server.post("/echo", "word=x", "Content-Encoding", "zstd");

      assertThat(answer.statusCode()).isLessThan(500);
      assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void a_request_for_a_tunnel_is_refused_and_its_connection_closed() throws Exception {
    try (var server = TestServer.of(ECHO);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n".getBytes(UTF_8));

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8); // to its end

      assertThat(answer).startsWith("HTTP/1.1 405").contains("Oriel is no proxy");
    }
  }

  @Test
  void what_is_not_there_is_named_shortly() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var answer = server.get("/" + "x".repeat(50_000));

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).hasSizeLessThan(500).contains("there is nothing at /xxx", "x...");
    }
  }

  @Test
  void every_answer_forbids_guessing_types_and_foreign_frames() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var headers = server.get("/echo").headers();

      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'self'");
    }
  }

  @Test
  void a_page_of_another_site_can_change_nothing() throws Exception {
    Route change = Route.change("/change", "Changes", _ -> Answer.text("changed"));
    try (var server = TestServer.of(change)) {
      assertThat(server.post("/change", "").body()).isEqualTo("changed");
      assertThat(server.post("/change", "", "Sec-Fetch-Site", "same-origin").statusCode())
          .isEqualTo(200);
      assertThat(server.post("/change", "", "Sec-Fetch-Site", "cross-site").statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void http_2_without_tls_is_spoken_on_the_same_port() throws Exception {
    try (var server = TestServer.of(ECHO);
        var client = HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create("http://127.0.0.1:" + server.port() + "/echo?word=two"))
              .version(HttpClient.Version.HTTP_2)
              .build();

      var answer = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("two");
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }
  }

  @Test
  void a_caller_who_hangs_up_is_noticed() throws Exception {
    var arrived = new CountDownLatch(1);
    var gone = new CompletableFuture<Boolean>();
    Route slow =
        Route.get(
            "/slow",
            "Waits until nobody listens",
            call -> {
              arrived.countDown();
              long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
              while (!call.gone() && System.nanoTime() < end) Thread.onSpinWait();
              gone.complete(call.gone());
              return Answer.text("");
            });
    try (var server = TestServer.of(slow)) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket
            .getOutputStream()
            .write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        arrived.await();
        assertThat(gone).isNotDone();
      }

      assertThat(gone.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_next_request_sent_early_is_not_taken_for_hanging_up() throws Exception {
    Route looks =
        Route.get(
            "/looks",
            "Looks whether somebody listens",
            call -> {
              boolean gone = false;
              for (int i = 0; i < 1000; i++) gone |= call.gone();
              return Answer.text(gone ? "gone" : "here");
            });
    try (var server = TestServer.of(looks);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String one = "GET /looks HTTP/1.1\r\nHost: localhost\r\n";
      String two = one + "\r\n" + one + "Connection: close\r\n\r\n";
      for (byte b : two.getBytes(UTF_8)) socket.getOutputStream().write(b);

      String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answers.split("here", -1)).hasSize(3);
    }
  }

  @Test
  void a_taken_port_is_refused_with_the_process_that_has_it() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var listening =
          new Listening(
              "main",
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              "",
              new Routes(List.of(ECHO)));

      assertThatThrownBy(() ->
              HttpServer.start(
                  List.of(listening),
                  Access.open(),
                  Limits.NORMAL,
                  new HttpMetrics(new PrometheusRegistry())))
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessage(
              "port %d is taken by process %d (java); stop it, or start Oriel with --port N",
              port, ProcessHandle.current().pid());
    }
  }

  @Test
  void an_answer_that_nobody_reads_is_given_up() throws Exception {
    var failure = new CompletableFuture<IOException>();
    Route endless =
        Route.get(
            "/endless",
            "Never ends",
            _ ->
                Answer.of(
                    200,
                    "application/octet-stream",
                    out -> {
                      try {
                        while (true) out.write(new byte[8192]);
                      } catch (IOException e) {
                        failure.complete(e);
                        throw e;
                      }
                    }));
    var listening =
        new Listening(
            "main",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "",
            new Routes(List.of(endless)));
    try (var server =
            HttpServer.start(
                List.of(listening),
                Access.open(),
                Limits.NORMAL.with(Limit.ANSWER_SECONDS, 1),
                new HttpMetrics(new PrometheusRegistry()));
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port("main"))) {
      socket
          .getOutputStream()
          .write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));

      assertThat(failure.get(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void a_malformed_request_is_refused_in_one_line() throws Exception {
    try (var server = TestServer.of(ECHO);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      socket.shutdownOutput();

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("<html").doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
        "Content-Length: 50\r\n\r\nword=a"
      })
  void a_body_that_is_not_what_its_headers_say_is_the_caller_s_mistake(String rest)
      throws Exception {
    try (var server = TestServer.of(ECHO);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String head =
          "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";
      socket.getOutputStream().write((head + rest).getBytes(UTF_8));
      socket.shutdownOutput();

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("the request's body can't be read (")
          .contains("send all of it, as its headers say");
    }
  }

  @Test
  void parameters_that_are_no_text_are_refused_in_plain_words() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var answer = server.post("/echo", "word=%ff%fe");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains("can't be read (not UTF-8); send them as UTF-8, percent-encoded");
    }
  }

  @Test
  void a_form_of_very_many_parameters_is_refused_before_it_is_taken_apart() throws Exception {
    try (var server = TestServer.of(ECHO)) {
      var answer = server.post("/echo", "word=a" + "&x".repeat(10_000));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains("the request has 10001 parameters, more than 10000; ask in several requests");
    }
  }
}
