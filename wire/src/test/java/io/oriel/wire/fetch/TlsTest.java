package io.oriel.wire.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import io.oriel.wire.http.TlsSettings;
import io.oriel.wire.testing.RawTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  static HttpsServer server;
  static Path ca;
  static Path key;

  /** A server whose certificate, signed by itself, is for gpu1 and nobody else. */
  @BeforeAll
  static void start() throws Exception {
    Path store = folder.resolve("store.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String command =
        keytool
            + " -genkeypair -alias own -keyalg EC -dname CN=gpu1 -ext san=dns:gpu1 -validity 2"
            + " -storetype PKCS12 -storepass changeit -keystore "
            + store;
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();

    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    ca = pem("ca.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    key = pem("key.pem", "PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("a 1\n".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  private static Path pem(String file, String what, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
    return Files.writeString(folder.resolve(file), pem);
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static String fetch(TlsSettings tls) throws Exception {
    return fetch("https://127.0.0.1:" + server.getAddress().getPort(), tls, 10_000);
  }

  private static String fetch(String url, TlsSettings tls, long timeoutMs) throws Exception {
    var http = new HttpSettings(new Credentials.None(), tls, Map.of(), true, true);
    var request = new PageRequest(URI.create(url), http, "*/*", timeoutMs, 1 << 20, "x");
    var buffer = new PageBuffer(new PageRoom(1 << 20));
    try (var client = new PageClient(request)) {
      client.fetch(buffer);
      client.fetch(buffer); // over the same connection
      return new String(buffer.bytes(), 0, buffer.length(), UTF_8);
    }
  }

  private static TlsSettings tls(
      @Nullable Path trusted, String serverName, boolean skip, String least) {
    var trust = trusted == null ? Secret.NONE : new Secret("", trusted);
    return new TlsSettings(trust, Secret.NONE, Secret.NONE, serverName, skip, least, "");
  }

  @Test
  void a_certificate_of_a_named_authority_for_the_named_server_is_taken() throws Exception {
    assertThat(fetch(tls(ca, "gpu1", false, "TLSv1.2"))).isEqualTo("a 1\n");
    assertThat(fetch(tls(ca, "gpu1", false, "TLSv1.3"))).isEqualTo("a 1\n");
  }

  @Test
  void a_certificate_that_nobody_trusted_has_signed_is_refused() {
    assertThatThrownBy(() -> fetch(tls(null, "gpu1", false, "TLSv1.2")))
        .hasMessageEndingWith(
            "is not signed by anybody trusted; name its CA in tls_config.ca_file");
  }

  @Test
  void a_certificate_for_another_name_is_refused() {
    assertThatThrownBy(() -> fetch(tls(ca, "", false, "TLSv1.2")))
        .hasMessageEndingWith("is for another name; set tls_config.server_name");
    assertThatThrownBy(() -> fetch(tls(ca, "gpu2", false, "TLSv1.2")))
        .hasMessageEndingWith("is for another name; set tls_config.server_name");
  }

  @Test
  void anybody_is_taken_where_that_was_asked_for_by_name() throws Exception {
    assertThat(fetch(tls(null, "", true, "TLSv1.2"))).isEqualTo("a 1\n");
  }

  @Test
  void our_own_certificate_is_shown_from_pem() throws Exception {
    var own =
        new TlsSettings(
            new Secret(Files.readString(ca), null),
            new Secret("", ca),
            new Secret("", key),
            "gpu1",
            false,
            "TLSv1.2",
            "TLSv1.2");

    assertThat(fetch(own)).isEqualTo("a 1\n");
  }

  @Test
  void a_missing_file_is_named() {
    Path missing = folder.resolve("missing.pem");

    assertThatThrownBy(() -> fetch(tls(missing, "", false, "TLSv1.2")))
        .hasMessage(
            "the file %s can't be read; check the file of credentials or certificates in the job"
                .formatted(missing));
  }

  @Test
  void a_server_without_tls_is_recognised() throws Exception {
    try (var plain = new RawTarget((in, out) -> {})) {
      assertThatThrownBy(() -> fetch("https://" + plain.address(), TlsSettings.NORMAL, 2000))
          .isInstanceOf(FetchFailure.class);
    }
  }

  @Test
  void a_handshake_that_drips_ends_at_the_deadline() throws Exception {
    try (var drip = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = drip.accept()) {
              byte[] record = {0x16, 3, 3, 0x40, 0};
              socket.getOutputStream().write(record);
              while (true) {
                socket.getOutputStream().write(2);
                Thread.sleep(20); // the target is slow, not the test
              }
            } catch (IOException | InterruptedException e) {
              // the client has gone, as it should
            }
          });
      String address = "127.0.0.1:" + drip.getLocalPort();
      long started = System.nanoTime();

      assertThatThrownBy(() -> fetch("https://" + address, TlsSettings.NORMAL, 400))
          .hasMessageStartingWith(address + " did not answer within 400ms");
      assertThat(System.nanoTime() - started).isLessThan(3_000_000_000L);
    }
  }
}
