package io.oriel.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limits;
import io.oriel.server.auth.Certificates;
import io.oriel.server.auth.Guard;
import io.oriel.server.auth.WebConfig;
import io.oriel.wire.yaml.Problems;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener behind a web configuration file, asked by the JDK's client. */
class GuardedTest {
  private static final List<Route> ROUTES =
      List.of(
          Route.get("/-/healthy", "Lives", _ -> Answer.text("well")),
          Route.get("/read", "Reads", _ -> Answer.text("read")),
          Route.change("/push", "Takes", _ -> Answer.text("taken")).errorsInText());
  private static final String OWN =
      "tls_server_config: {cert_file: own.crt, key_file: own.key%s}\n";
  private static final String TOKEN = // the SHA-256 of sesame
      "bearer_tokens: [{sha256: d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272}]\n";

  @TempDir Path folder;

  @Test
  void who_is_not_known_is_told_so_at_every_path() throws Exception {
    try (var server = guarded(TOKEN)) {
      for (String path : List.of("/-/healthy", "/read", "/nosuch")) {
        var answer = server.get(path);

        assertThat(answer.statusCode()).as(path).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("Oriel does not know who asks; send a user");
      }
      assertThat(server.post("/push", "").body()).startsWith("Oriel does not know who asks");
      assertThat(server.get("/read", "Authorization", "Bearer sesame").body()).isEqualTo("read");
    }
  }

  @Test
  void headers_of_the_file_are_in_every_answer() throws Exception {
    try (var server = guarded("http_server_config: {headers: {X-Frame-Options: deny}}\n")) {
      assertThat(server.get("/read").headers().firstValue("X-Frame-Options")).contains("deny");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void tls_speaks_both_versions_of_http(HttpClient.Version version) throws Exception {
    var own = Certificates.make(folder, "own");
    try (var server = guarded(OWN.formatted(""))) {
      var answer = ask(server, own.trusting(), version);

      assertThat(answer.body()).isEqualTo("read");
      assertThat(answer.version()).isEqualTo(version);
    }
  }

  @Test
  void http_2_can_be_left_out() throws Exception {
    var own = Certificates.make(folder, "own");
    try (var server = guarded(OWN.formatted("") + "http_server_config: {http2: false}\n")) {
      var answer = ask(server, own.trusting(), HttpClient.Version.HTTP_2);

      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void the_oldest_version_and_the_ciphers_are_those_of_the_file() throws Exception {
    var own = Certificates.make(folder, "own");
    String cipher = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    String settings = ", max_version: TLS12, cipher_suites: [" + cipher + "]";
    try (var server = guarded(OWN.formatted(settings))) {
      var session = ask(server, own.trusting(), HttpClient.Version.HTTP_1_1).sslSession();

      assertThat(session.orElseThrow().getProtocol()).isEqualTo("TLSv1.2");
      assertThat(session.orElseThrow().getCipherSuite()).isEqualTo(cipher);
    }
  }

  @Test
  void a_caller_s_certificate_is_checked_where_the_file_asks_for_it() throws Exception {
    var own = Certificates.make(folder, "own");
    var friend = Certificates.make(folder, "friend");
    var stranger = Certificates.make(folder, "stranger");
    String settings = ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: friend.crt";
    try (var server = guarded(OWN.formatted(settings))) {
      var http1 = HttpClient.Version.HTTP_1_1;

      assertThat(ask(server, own.trusting(friend), http1).body()).isEqualTo("read");
      assertThatThrownBy(() -> ask(server, own.trusting(stranger), http1))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(server, own.trusting(), http1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void any_certificate_of_a_caller_will_do_where_the_file_says_so() throws Exception {
    var own = Certificates.make(folder, "own");
    var stranger = Certificates.make(folder, "stranger");
    try (var server = guarded(OWN.formatted(", client_auth_type: RequireAnyClientCert"))) {
      var http1 = HttpClient.Version.HTTP_1_1;

      assertThat(ask(server, own.trusting(stranger), http1).body()).isEqualTo("read");
      assertThatThrownBy(() -> ask(server, own.trusting(), http1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_renewed_certificate_is_shown_from_the_next_connection_on() throws Exception {
    var own = Certificates.make(folder, "own");
    var guard = new Guard(read(OWN.formatted("")));
    try (var server = TestServer.with(new Access(Sites.OWN_ALONE, guard), ROUTES)) {
      assertThat(ask(server, own.trusting(), HttpClient.Version.HTTP_1_1).body()).isEqualTo("read");
      Files.delete(folder.resolve("own.p12"));
      var next = Certificates.make(folder, "own");

      guard.use(read(OWN.formatted("")));
      server.renewCertificates();

      assertThat(ask(server, next.trusting(), HttpClient.Version.HTTP_1_1).body())
          .isEqualTo("read");
      assertThatThrownBy(() -> ask(server, own.trusting(), HttpClient.Version.HTTP_1_1))
          .isInstanceOf(IOException.class);
    }
  }

  private static HttpResponse<String> ask(
      TestServer server, SSLContext tls, HttpClient.Version version)
      throws IOException, InterruptedException {
    var address = URI.create("https://127.0.0.1:" + server.port() + "/read");
    try (var client = HttpClient.newBuilder().sslContext(tls).version(version).build()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
  }

  private TestServer guarded(String yaml) throws IOException {
    return TestServer.with(new Access(Sites.OWN_ALONE, new Guard(read(yaml))), ROUTES);
  }

  private WebConfig read(String yaml) throws IOException {
    var problems = new Problems();
    Path file = Files.writeString(folder.resolve("web.yml"), yaml);
    WebConfig config = WebConfig.read(file, Limits.NORMAL, problems);
    problems.throwIfAny();
    return config;
  }
}
