package io.oriel.wire.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import io.oriel.wire.http.TlsSettings;
import io.oriel.wire.testing.RawTarget;
import io.oriel.wire.testing.TestTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PageClientTest {
  private static final long MAX = 1 << 20;
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  private final PageBuffer buffer = new PageBuffer(new PageRoom(1 << 20));

  private static PageRequest request(String address, HttpSettings http, long timeoutMs) {
    var uri = URI.create("http://" + address + "/metrics?a=b");
    return new PageRequest(uri, http, "text/plain", timeoutMs, MAX, "body_size_limit");
  }

  private String fetch(String address) throws Exception {
    try (var client = new PageClient(request(address, HttpSettings.NORMAL, 5000))) {
      return fetch(client);
    }
  }

  private String fetch(PageClient client) throws Exception {
    client.fetch(buffer);
    return new String(buffer.bytes(), 0, buffer.length(), UTF_8);
  }

  private static RawTarget raw(String response) throws IOException {
    return new RawTarget((in, out) -> out.write(response.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "'Retry-After: 7', 7000",
    "'Retry-After: Wed, 21 Oct 2026 07:28:10 GMT', 10000",
    "'Retry-After: Wed, 21 Oct 2026 07:27:00 GMT', 0",
    "'Retry-After: -7', 0",
    "'Retry-After: 99999999999999999999', 0",
    "'X: y', 0"
  })
  void a_peer_that_is_asked_too_often_says_when_to_come_again(String header, long ms)
      throws Exception {
    String date = "Date: Wed, 21 Oct 2026 07:28:00 GMT\r\n";
    try (var target = raw("HTTP/1.1 429 Too Many Requests\r\n" + date + header + "\r\n\r\n")) {
      assertThatThrownBy(() -> fetch(target.address()))
          .isInstanceOfSatisfying(
              FetchFailure.class,
              failure -> {
                assertThat(failure.retryAfterMs()).isEqualTo(ms);
                assertThat(failure.remedy()).isEqualTo("ask it less often");
              });
    }
  }

  @Test
  void a_page_comes_with_its_content_type_plain_or_packed() throws Exception {
    try (var target = new TestTarget();
        var client = new PageClient(request(target.address(), HttpSettings.NORMAL, 5000))) {
      target.page = "a 1\n".repeat(20_000);

      assertThat(client.fetch(buffer)).startsWith("text/plain");
      assertThat(fetch(client)).isEqualTo(target.page);
      target.gzip = true;
      assertThat(fetch(client)).isEqualTo(target.page);
    }
  }

  @Test
  void the_connection_is_kept_and_the_request_says_what_is_wanted() throws Exception {
    try (var target = new TestTarget();
        var client = new PageClient(request(target.address(), HttpSettings.NORMAL, 5000))) {
      target.page = "a 1\n";
      fetch(client);
      fetch(client);

      var requests = target.requests();
      assertThat(requests.get(0).get(":peer")).isEqualTo(requests.get(1).get(":peer"));
      assertThat(requests.get(0))
          .containsEntry(":path", "/metrics?a=b")
          .containsEntry("accept", "text/plain")
          .containsEntry("accept-encoding", "gzip")
          .containsEntry("x-prometheus-scrape-timeout-seconds", "5.000")
          .containsEntry("host", target.address());
    }
  }

  @Test
  void a_connection_that_the_target_has_closed_meanwhile_is_opened_again() throws Exception {
    String response = HEAD + "Content-Length: 4\r\n\r\na 1\n";
    try (var target = raw(response);
        var client = new PageClient(request(target.address(), HttpSettings.NORMAL, 5000))) {

      assertThat(fetch(client)).isEqualTo("a 1\n");
      assertThat(fetch(client)).isEqualTo("a 1\n");
      assertThat(target.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 8\r\n\r\na 1\nb 2\n",
        "\r\na 1\nb 2\n",
        "Transfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n4;x=y\r\nb 2\n\r\n0\r\nTrailer: x\r\n\r\n",
        "transfer-encoding:chunked\r\n\r\n08\r\na 1\nb 2\n\r\n0\r\n\r\n"
      })
  void a_body_ends_by_length_by_chunks_or_with_the_connection(String rest) throws Exception {
    try (var target = raw(HEAD + rest)) {
      assertThat(fetch(target.address())).isEqualTo("a 1\nb 2\n");
    }
  }

  @Test
  void interim_responses_are_passed_over() throws Exception {
    try (var target = raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + "\r\na 1\n")) {
      assertThat(fetch(target.address())).isEqualTo("a 1\n");
    }
  }

  @Test
  void redirects_are_followed_and_another_host_is_told_no_secret() throws Exception {
    try (var first = new TestTarget();
        var second = new TestTarget()) {
      first.status = 302;
      first.location = "http://" + second.address() + "/there";
      second.page = "a 1\n";
      var token = new Credentials.Token("Bearer", new Secret("s3cret", null));
      var http = new HttpSettings(token, TlsSettings.NORMAL, Map.of(), true, true);
      try (var client = new PageClient(request(first.address(), http, 5000))) {
        assertThat(fetch(client)).isEqualTo("a 1\n");
      }

      assertThat(first.requests().getFirst()).containsEntry("authorization", "Bearer s3cret");
      assertThat(second.requests().getFirst()).doesNotContainKey("authorization");
    }
  }

  @Test
  void redirects_in_a_circle_end() throws Exception {
    try (var target = new TestTarget()) {
      target.status = 301;
      target.location = "/metrics";

      assertThatThrownBy(() -> fetch(target.address()))
          .hasMessage(
              target.address()
                  + " redirects more than 10 times; configure the address where the metrics are");
    }
  }

  @Test
  void a_redirect_is_not_followed_where_that_is_switched_off() throws Exception {
    var http = new HttpSettings(new Credentials.None(), TlsSettings.NORMAL, Map.of(), false, false);
    try (var target = new TestTarget();
        var client = new PageClient(request(target.address(), http, 5000))) {
      target.status = 302;
      target.location = "/there";

      assertThatThrownBy(() -> fetch(client)).hasMessageContaining("; set follow_redirects: true");
      assertThat(target.requests().getFirst()).containsEntry("accept-encoding", "identity");
    }
  }

  @Test
  void credentials_and_headers_are_sent_and_files_are_read_each_time(@TempDir Path folder)
      throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "one\n");
    var basic = new Credentials.Basic(new Secret("ann", null), new Secret("", password));
    var headers = Map.of("X-Tenant", List.of(new Secret("blue\r\nX-Evil: 1", null)));
    var http = new HttpSettings(basic, TlsSettings.NORMAL, headers, true, true);
    try (var target = new TestTarget();
        var client = new PageClient(request(target.address(), http, 5000))) {
      target.page = "a 1\n";
      fetch(client);
      Files.writeString(password, "two\n");
      fetch(client);

      assertThat(target.requests().get(0))
          .containsEntry("authorization", "Basic YW5uOm9uZQ==")
          .containsEntry("x-tenant", "blueX-Evil: 1")
          .doesNotContainKey("x-evil");
      assertThat(target.requests().get(1)).containsEntry("authorization", "Basic YW5uOnR3bw==");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | answered 401 Unauthorized; check the credentials of the job",
        "404 | answered 404 Not Found; check metrics_path (/metrics)",
        "500 | answered 500 Internal Server Error; look at the exporter's log"
      })
  void a_status_other_than_200_is_told_with_a_remedy(int status, String message) throws Exception {
    try (var target = new TestTarget()) {
      target.status = status;

      assertThatThrownBy(() -> fetch(target.address()))
          .hasMessage(target.address() + " " + message);
    }
  }

  @Test
  void nobody_listening_is_a_refused_connection() throws Exception {
    String address;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + server.getLocalPort();
    }

    assertThatThrownBy(() -> fetch(address))
        .hasMessage(address + " refused the connection; is its exporter running?");
  }

  @Test
  void a_name_that_there_is_not_is_told() {
    assertThatThrownBy(() -> fetch("no-such-host.invalid:1"))
        .hasMessage(
            "the name no-such-host.invalid is not known; check the address, or the name server");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-OpenSSH_9.2\\r\\n | does not speak HTTP; is the port right?",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 99\\r\\n\\r\\na 1\\n | ended the connection within its"
            + " answer; look at the exporter's log",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | does not speak HTTP;"
            + " is the port right?",
        "HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\n\\r\\nnot gzip | sent a broken gzip body;"
            + " set enable_compression: false",
      })
  void an_answer_that_is_none_is_told(String response, String message) throws Exception {
    String bytes = response.replace("\\r", "\r").replace("\\n", "\n");
    try (var target = raw(bytes)) {
      assertThatThrownBy(() -> fetch(target.address()))
          .hasMessage(target.address() + " " + message);
    }
  }

  @Test
  void a_target_that_speaks_tls_is_recognised_by_its_alert() throws Exception {
    try (var target = new RawTarget((in, out) -> out.write(new byte[] {0x15, 3, 1, 0, 2, 2, 80}))) {
      assertThatThrownBy(() -> fetch(target.address()))
          .hasMessage(target.address() + " answers with TLS; set scheme: https");
    }
  }

  @Test
  void an_endless_head_is_bounded() throws Exception {
    try (var target =
        new RawTarget((in, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
          while (true) out.write("X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes(UTF_8));
        })) {
      assertThatThrownBy(() -> fetch(target.address())).hasMessageContaining("does not speak HTTP");
    }
  }

  @Test
  void an_endless_body_ends_at_the_limit() throws Exception {
    try (var target =
        new RawTarget((in, out) -> {
          out.write((HEAD + "\r\n").getBytes(UTF_8));
          byte[] lines = "a 1\n".repeat(1000).getBytes(UTF_8);
          while (true) out.write(lines);
        })) {
      assertThatThrownBy(() -> fetch(target.address()))
          .hasMessage(
              "the page is larger than 1048576 bytes, unpacked; raise body_size_limit, or let the"
                  + " exporter tell less");
      assertThat(buffer.bytes().length).isLessThanOrEqualTo((int) MAX + 1);
    }
  }

  @Test
  void a_gzip_bomb_ends_at_the_limit() throws Exception {
    byte[] bomb = TestTarget.gzipped(new byte[200 << 20]);
    assertThat(bomb.length).isLessThan(300_000);
    String head = HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n";
    try (var target =
        new RawTarget((in, out) -> {
          out.write(head.getBytes(UTF_8));
          out.write(bomb);
        })) {
      assertThatThrownBy(() -> fetch(target.address())).hasMessageContaining("larger than 1048576");
      assertThat(buffer.bytes().length).isLessThanOrEqualTo((int) MAX + 1);
    }
  }

  @Test
  void large_pages_share_their_room_and_small_ones_need_none() throws Exception {
    var room = new PageRoom(1 << 20);
    var large = new PageBuffer(room);
    var other = new PageBuffer(room);
    try (var target = new TestTarget();
        var client = new PageClient(roomy(target.address()))) {
      target.page = "a 1\n".repeat(300_000);
      client.fetch(large);

      assertThatThrownBy(() -> client.fetch(other))
          .hasMessageContaining("other targets' large pages held all memory");
      target.page = "a 1\n";
      client.fetch(other);
      target.page = "a 1\n".repeat(300_000);
      large.trim();
      other.trim();
      client.fetch(other);

      assertThat(other.length()).isEqualTo(1_200_000);
    }
  }

  private static PageRequest roomy(String address) {
    var uri = URI.create("http://" + address + "/metrics");
    return new PageRequest(uri, HttpSettings.NORMAL, "text/plain", 500, 8 << 20, "a limit");
  }

  @Test
  void a_body_that_drips_ends_at_the_deadline() throws Exception {
    try (var target =
            new RawTarget((in, out) -> {
              out.write((HEAD + "\r\n").getBytes(UTF_8));
              while (true) {
                out.write('a');
                Thread.sleep(20); // the target is slow, not the test
              }
            });
        var client = new PageClient(request(target.address(), HttpSettings.NORMAL, 300))) {
      long started = System.nanoTime();

      assertThatThrownBy(() -> fetch(client))
          .hasMessage(
              target.address()
                  + " did not answer within 300ms; see why it is slow, or raise scrape_timeout");
      assertThat(System.nanoTime() - started).isLessThan(3_000_000_000L);
    }
  }

  @Test
  void an_interrupt_ends_a_fetch_at_once() throws Exception {
    try (var target = new RawTarget((in, out) -> Thread.sleep(60_000));
        var client = new PageClient(request(target.address(), HttpSettings.NORMAL, 60_000))) {
      var ended = new AtomicReference<Throwable>();
      Thread fetching =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.fetch(buffer);
                } catch (Exception e) {
                  ended.set(e);
                }
              });
      while (target.connections() == 0) Thread.onSpinWait();

      fetching.interrupt();
      fetching.join();

      assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
  }
}
