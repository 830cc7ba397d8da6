package io.oriel.wire.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.testing.RawTarget;
import io.oriel.wire.testing.TestTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AskTest {
  private final PageBuffer buffer = new PageBuffer();

  private static PageRequest request(URI uri, long timeoutMs) {
    return new PageRequest(uri, HttpSettings.NORMAL, "*/*", timeoutMs, 1 << 20, "nothing");
  }

  private String fetched() {
    return new String(buffer.bytes(), 0, buffer.length(), UTF_8);
  }

  @Test
  void several_pages_of_a_peer_come_over_one_connection() throws Exception {
    RawTarget.Script echo =
        (in, out) -> {
          for (int i = 0; i < 2; i++) {
            if (i > 0) RawTarget.readHead(in);
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i).getBytes(UTF_8));
          }
        };
    try (var target = new RawTarget(echo);
        var client = new PageClient(request(URI.create("http://" + target.address()), 5000))) {
      client.fetch(Ask.get("/one"), buffer);
      assertThat(fetched()).isEqualTo("0");
      client.fetch(Ask.get("/two?a=b"), buffer);

      assertThat(fetched()).isEqualTo("1");
      assertThat(target.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_post_carries_its_json() throws Exception {
    var said = new SynchronousQueue<String>();
    RawTarget.Script listen =
        (in, out) -> {
          said.put(new String(in.readNBytes(13), UTF_8));
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8));
        };
    try (var target = new RawTarget(listen);
        var client = new PageClient(request(URI.create("http://" + target.address()), 5000))) {
      Thread asking =
          Thread.ofVirtual().start(() -> fetch(client, Ask.post("/api/show", "{\"model\":\"x\"}")));

      assertThat(said.take()).isEqualTo("{\"model\":\"x\"}");
      asking.join();
      assertThat(fetched()).isEqualTo("{}");
    }
  }

  private void fetch(PageClient client, Ask ask) {
    try {
      client.fetch(ask, buffer);
    } catch (FetchFailure | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_post_is_not_sent_on_to_where_a_redirect_leads() throws Exception {
    RawTarget.Script redirect =
        (in, out) ->
            out.write(
                "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(UTF_8));
    try (var target = new RawTarget(redirect);
        var client = new PageClient(request(URI.create("http://" + target.address()), 5000))) {
      assertThatThrownBy(() -> client.fetch(Ask.post("/x", "{}"), buffer))
          .isInstanceOfSatisfying(
              FetchFailure.class, failure -> assertThat(failure.status()).isEqualTo(307));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "/a b", "/a\r\nHost: other", "/\u00e4"})
  void what_is_no_path_is_not_asked(String target) {
    assertThatThrownBy(() -> Ask.get(target)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_socket_in_the_file_system_answers(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("daemon.sock");
    try (var server = listen(path);
        var client = new PageClient(request(URI.create("unix://" + path), 5000))) {
      Thread.ofVirtual()
          .start(() -> answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));

      client.fetch(Ask.get("/_ping"), buffer);

      assertThat(fetched()).isEqualTo("ok");
    }
  }

  @Test
  void a_socket_in_the_file_system_that_is_silent_ends_at_the_deadline(@TempDir Path folder)
      throws Exception {
    Path path = folder.resolve("daemon.sock");
    try (var server = listen(path);
        var client = new PageClient(request(URI.create("unix://" + path), 50))) {
      Thread.ofVirtual().start(() -> answer(server, ""));

      assertThatThrownBy(() -> client.fetch(Ask.get("/_ping"), buffer))
          .hasMessageContaining("did not answer within 50ms");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_socket_before_which_too_many_wait_ends_at_the_deadline(
      boolean virtual, @TempDir Path folder) throws Exception {
    Path path = folder.resolve("daemon.sock");
    var waiting = new ArrayList<SocketChannel>();
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var client = new PageClient(request(URI.create("unix://" + path), 200))) {
      server.bind(UnixDomainSocketAddress.of(path), 1);
      for (int i = 0; i < 2; i++) waiting.add(SocketChannel.open(server.getLocalAddress()));
      var failure = new CompletableFuture<Exception>();
      var builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();

      builder.start(() -> {
        try {
          client.fetch(Ask.get("/_ping"), buffer);
        } catch (FetchFailure | InterruptedException e) {
          failure.complete(e);
        }
      });

      assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(FetchFailure.class);
    } finally {
      for (SocketChannel each : waiting) each.close();
    }
  }

  @Test
  void a_collector_is_told_in_words_of_its_own() throws Exception {
    try (var target = new TestTarget()) {
      target.status = 404;
      var uri = URI.create("http://" + target.address() + "/metrics");
      var request = new PageRequest(uri, HttpSettings.NORMAL, "*/*", 5000, 1, "x", Asker.COLLECTOR);
      try (var client = new PageClient(request)) {
        assertThatThrownBy(() -> client.fetch(buffer))
            .isInstanceOfSatisfying(
                FetchFailure.class,
                failure ->
                    assertThat(failure.remedy())
                        .isEqualTo("is this the right address? It knows no /metrics"));
      }
    }
  }

  @Test
  void a_socket_that_there_is_not_is_told_by_its_path(@TempDir Path folder) {
    Path path = folder.resolve("none.sock");
    try (var client = new PageClient(request(URI.create("unix://" + path), 5000))) {
      assertThatThrownBy(() -> client.fetch(Ask.get("/_ping"), buffer))
          .isInstanceOf(FetchFailure.class)
          .hasMessageContaining(path.toString());
    }
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return server;
  }

  private static void answer(ServerSocketChannel server, String response) {
    try (SocketChannel channel = server.accept()) {
      InputStream in = Channels.newInputStream(channel);
      RawTarget.readHead(in);
      channel.write(ByteBuffer.wrap(response.getBytes(UTF_8)));
      RawTarget.readHead(in); // until the client has gone
    } catch (IOException e) {
      // it has
    }
  }
}
