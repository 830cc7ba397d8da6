package io.oriel.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import io.oriel.wire.yaml.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class WebConfigTest {
  private static final String HASH = BCrypt.hashpw("open sesame", BCrypt.gensalt(4));
  private static final String USERS = "basic_auth_users:\n  anna: " + HASH + "\n";
  private static final String SESAME_SHA_256 =
      "d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272";

  @TempDir static Path folder; // one for all: making certificates takes its time
  private final Problems problems = new Problems();

  @BeforeAll
  static void makeCertificates() throws Exception {
    Certificates.make(folder, "own");
    Certificates.make(folder, "other");
  }

  @Test
  void without_users_and_tokens_all_come_in() {
    assertThat(new Guard(WebConfig.NONE).admits(null)).isTrue();
    assertThat(new Guard(WebConfig.NONE).admits("nonsense")).isTrue();
  }

  @Test
  void a_user_comes_in_by_their_password_alone() throws IOException {
    var guard = new Guard(read(USERS));

    assertThat(guard.admits(basic("anna:open sesame"))).isTrue();
    assertThat(guard.admits(basic("anna:open sesame"))).as("remembered").isTrue();
    assertThat(guard.admits(basic("anna:wrong"))).isFalse();
    assertThat(guard.admits(basic("anna:wrong"))).as("remembered").isFalse();
    assertThat(guard.admits(basic("anna:open sesame"))).as("still").isTrue();
  }

  @Test
  void nobody_else_comes_in_by_a_user_s_password() throws IOException {
    var guard = new Guard(read(USERS));
    guard.admits(basic("anna:open sesame"));

    assertThat(guard.admits(basic("bert:open sesame"))).isFalse();
    assertThat(guard.admits(basic(":open sesame"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Basic", "Basic ", "Basic ***", "Basic YW5uYQ==", "Digest x", "Bearer "})
  void what_is_no_credential_is_refused(String header) throws IOException {
    assertThat(new Guard(read(USERS)).admits(header)).isFalse();
    assertThat(new Guard(read(USERS)).admits(null)).isFalse();
  }

  @Test
  void a_token_comes_in_by_its_hash_or_by_the_file_that_holds_it() throws IOException {
    Files.writeString(folder.resolve("token"), "another\n");
    var guard =
        new Guard(
            read(
                "bearer_tokens:\n  - name: agent\n    sha256: "
                    + SESAME_SHA_256
                    + "\n  - token_file: token\n"));

    assertThat(guard.admits("Bearer sesame")).isTrue();
    assertThat(guard.admits("bearer another")).isTrue();
    assertThat(guard.admits("Bearer " + SESAME_SHA_256)).isFalse();
    assertThat(guard.admits(basic("anna:sesame"))).isFalse();
    assertThat(guard.challenge()).isEqualTo("Bearer");
  }

  @Test
  void a_changed_configuration_is_in_force_at_once() throws IOException {
    var guard = new Guard(WebConfig.NONE);

    guard.use(read(USERS));

    assertThat(guard.admits(null)).isFalse();
    assertThat(guard.admits(basic("anna:open sesame"))).isTrue();
  }

  @Test
  void guesses_don_t_push_out_what_is_known_to_be_right() throws IOException {
    var guard = new Guard(read(USERS));
    guard.admits(basic("anna:open sesame"));
    for (int i = 0; i < 300; i++) guard.admits(basic("anna:guess " + i));

    long before = System.nanoTime();
    for (int i = 0; i < 1000; i++) guard.admits(basic("anna:open sesame"));

    assertThat(System.nanoTime() - before) // a thousand checks of cost 4 take a second
        .isLessThan(500_000_000);
  }

  @Test
  void secrets_are_not_shown() throws Exception {
    var config = read(USERS + "tls_server_config: {cert_file: own.crt, key_file: own.key}\n");

    assertThat(config.toString()).contains("<secret>").doesNotContain("$2a", "anna", "PRIVATE");
    assertThat(config.words()).isEqualTo("tls,password");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "basic_auth_users: {anna: plain} | the password of anna is no bcrypt hash",
        "basic_auth_users: {anna: $2a$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyz01234} | no bcrypt hash that can be",
        "bearer_tokens: [{sha256: abc}] | there is no token here that can be checked",
        "bearer_tokens: [{token_file: gone}] | there is no token here that can be checked",
        "basic_auth_user: {} | did you mean basic_auth_users?",
        "http_server_config: {headers: {X-Mine: a}} | the header X-Mine can't be set here",
        "tls_server_config: {cert_file: gone.crt, key_file: gone.key} | there is no file",
        "tls_server_config: {min_version: TLS10} | which is not spoken here; write TLS12 or TLS13",
        "tls_server_config: {min_version: TLS13, max_version: TLS12} | max_version is below",
        "tls_server_config: {cert_file: own.crt} | no certificate with a key",
        "tls_server_config: {cert_file: own.crt, key_file: other.key} | not that of the certificate",
        "tls_server_config: {cert_file: own.crt, key_file: own.key, client_ca_file: own.crt} | would not be checked",
        "tls_server_config: {cert_file: own.crt, key_file: own.key, client_auth_type: RequireAndVerifyClientCert} | can't be checked without client_ca_file",
        "tls_server_config: {cert_file: own.crt, key_file: own.key, client_auth_type: Always} | write one of: noclientcert",
        "tls_server_config: {cert_file: own.crt, key_file: own.key, client_allowed_sans: [a]} | there is no key client_allowed_sans",
      })
  void what_is_wrong_is_told_with_its_remedy(String yaml, String told) throws Exception {
    read(yaml);

    assertThat(problems.toString()).contains("web.yml:1:").contains(told);
  }

  private WebConfig read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("web.yml"), yaml);
    return WebConfig.read(file, Limits.NORMAL, problems);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
