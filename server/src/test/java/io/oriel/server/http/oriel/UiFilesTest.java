package io.oriel.server.http.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import io.oriel.server.http.Route;
import io.oriel.server.http.TestServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UiFilesTest {
  private static final String HTML = "text/html,application/xhtml+xml";
  private final TestServer server = serving(UiFilesTest.class.getClassLoader());

  private static TestServer serving(ClassLoader classes) {
    List<Route> routes = List.of(UiFiles.route(classes, "/oriel"));
    return TestServer.below("/oriel", Limits.NORMAL, routes);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_app_is_told_where_its_root_is() throws Exception {
    var page = server.get("/oriel/");

    assertThat(page.body()).contains("<head><base href=\"/oriel/\"><meta");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(server.get("/oriel").body()).isEqualTo(page.body());
  }

  @Test
  void a_page_of_the_app_gets_the_app_and_missing_data_gets_a_404() throws Exception {
    assertThat(server.get("/oriel/d/server-health", "Accept", HTML).statusCode()).isEqualTo(200);
    assertThat(server.get("/oriel/d/x.json", "Accept", "*/*").statusCode()).isEqualTo(404);
    assertThat(server.get("/oriel/api/v1/nothing", "Accept", HTML).statusCode()).isEqualTo(404);
    assertThat(server.get("/oriel/assets/old-9f9f.js", "Accept", HTML).statusCode()).isEqualTo(404);
    assertThat(server.post("/oriel/api/v1/nothing", "").statusCode()).isEqualTo(404);
  }

  @Test
  void hashed_files_are_kept_for_ever_and_others_asked_for_again() throws Exception {
    var hashed = server.get("/oriel/assets/app-1a2b.js");
    var icon = server.get("/oriel/icon.svg");
    var again =
        server.get(
            "/oriel/icon.svg", "If-None-Match", icon.headers().firstValue("ETag").orElseThrow());

    assertThat(hashed.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(hashed.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(icon.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void packed_files_are_sent_as_they_lie_there() throws Exception {
    var brotli = server.bytes("/oriel/assets/app-1a2b.js", "Accept-Encoding", "gzip, deflate, br");
    var gzip = server.bytes("/oriel/assets/app-1a2b.js", "Accept-Encoding", "gzip");
    var plain = server.bytes("/oriel/assets/app-1a2b.js");

    assertThat(brotli.headers().firstValue("Content-Encoding")).contains("br");
    assertThat(new String(brotli.body(), StandardCharsets.UTF_8)).isEqualTo("not really brotli");
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzip.body()).isEqualTo(resource("assets/app-1a2b.js.gz"));
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.body()).isEqualTo(resource("assets/app-1a2b.js"));
  }

  @Test
  void no_path_leads_out_of_the_folder() throws Exception {
    for (String path :
        List.of(
            "/oriel/../META-INF/MANIFEST.MF",
            "/oriel/%2e%2e/META-INF/MANIFEST.MF",
            "/oriel/assets/..%2f..%2fMETA-INF/MANIFEST.MF",
            "/oriel/..\\META-INF/MANIFEST.MF",
            "/oriel//etc/passwd",
            "/oriel/assets/%00")) {
      assertThat(raw(path)).as(path).doesNotStartWith("HTTP/1.1 200").doesNotContain("Manifest-V");
    }
  }

  @Test
  void without_pages_a_sentence_says_what_to_do() throws Exception {
    var none =
        new ClassLoader(null) {
          @Override
          public @Nullable URL getResource(String name) {
            return null;
          }
        };
    try (var bare = serving(none)) {
      assertThat(bare.get("/oriel/").body()).contains("build it with ./oriel up");
    }
  }

  private String raw(String path) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] resource(String path) throws Exception {
    try (var in = UiFilesTest.class.getResourceAsStream("/oriel-ui/" + path)) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    }
  }
}
