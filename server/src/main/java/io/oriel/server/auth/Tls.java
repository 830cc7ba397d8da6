package io.oriel.server.auth;

import io.oriel.wire.http.PemStores;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What TLS works with: {@code tls_server_config}.
 *
 * @param own the certificate and its key
 * @param trusted who signs callers' certificates; null where those are not looked at
 * @param clients what is asked of callers
 * @param protocols as Java names them: {@code TLSv1.3}
 * @param ciphers as the RFCs name them; empty for Java's choice
 */
public record Tls(
    KeyStore own,
    @Nullable KeyStore trusted,
    Clients clients,
    List<String> protocols,
    List<String> ciphers) {

  /** Whether a caller shows a certificate, and whether it is checked; Go's names. */
  public enum Clients {
    NOCLIENTCERT(false, false, false),
    REQUESTCLIENTCERT(true, false, false),
    REQUIREANYCLIENTCERT(true, true, false),
    VERIFYCLIENTCERTIFGIVEN(true, false, true),
    REQUIREANDVERIFYCLIENTCERT(true, true, true);

    private final boolean asked;
    private final boolean needed;
    private final boolean verified;

    Clients(boolean asked, boolean needed, boolean verified) {
      this.asked = asked;
      this.needed = needed;
      this.verified = verified;
    }

    public boolean asked() {
      return asked;
    }

    public boolean needed() {
      return needed;
    }

    public boolean verified() {
      return verified;
    }
  }

  private static final List<String> VERSIONS = List.of("TLS12", "TLS13");
  private static final List<String> ALWAYS_13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  public Tls {
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }

  /** Empty where the key or the certificate can't be used; why is told to {@code problems}. */
  static Optional<Tls> read(YamlMap yaml, Path file, Problems problems) {
    Optional<Pem> cert = pem(yaml, "cert", file, problems);
    Optional<Pem> key = pem(yaml, "key", file, problems);
    Optional<Pem> ca = pem(yaml, "client_ca", file, problems);
    Clients clients = clients(yaml, ca.isPresent(), problems);
    List<String> protocols = protocols(yaml, problems);
    List<String> ciphers = yaml.texts("cipher_suites");
    yaml.known("prefer_server_cipher_suites"); // without effect in Go, too
    yaml.refuseUnknownKeys(problems);
    if (cert.isEmpty() || key.isEmpty()) {
      problems.add(
          yaml.at(),
          "tls_server_config has no certificate with a key",
          "name them by cert_file and key_file");
      return Optional.empty();
    }
    return stores(yaml, cert.get(), key.get(), ca.orElse(null), problems)
        .map(stores ->
            new Tls(
                stores[0],
                stores.length > 1 ? stores[1] : null,
                clients,
                protocols,
                withNewest(ciphers, protocols)));
  }

  private static Optional<KeyStore[]> stores(
      YamlMap yaml, Pem cert, Pem key, @Nullable Pem ca, Problems problems) {
    try {
      KeyStore own = PemStores.own(cert.read(), key.read());
      return Optional.of(
          ca == null ? new KeyStore[] {own} : new KeyStore[] {own, PemStores.trusted(ca.read())});
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      problems.add(
          yaml.at(),
          "the certificate or key can't be used (" + e.getMessage() + ")",
          "give PEM files of a certificate chain and its key, which Oriel's user may read");
      return Optional.empty();
    }
  }

  /** Written out under the key, or in the file that the key with {@code _file} names. */
  private static Optional<Pem> pem(YamlMap yaml, String key, Path beside, Problems problems) {
    Optional<String> text = yaml.text(key);
    Optional<Path> path = yaml.path(key + "_file").map(beside::resolveSibling);
    if (text.isPresent() && path.isPresent()) {
      problems.add(
          yaml.at(key),
          "%s and %s_file are both there".formatted(yaml.name(key), key),
          "keep one of them");
    }
    return text.map(Pem::written).or(() -> path.map(Pem::in));
  }

  private static Clients clients(YamlMap yaml, boolean ca, Problems problems) {
    Clients clients = yaml.oneOf("client_auth_type", Clients.class).orElse(Clients.NOCLIENTCERT);
    if (clients.verified() != ca) {
      problems.add(
          yaml.at("client_auth_type"),
          ca
              ? "callers' certificates would not be checked, though client_ca_file says by what"
              : "callers' certificates can't be checked without client_ca_file",
          ca ? "write client_auth_type: RequireAndVerifyClientCert" : "name who signs them there");
    }
    return clients;
  }

  private static List<String> protocols(YamlMap yaml, Problems problems) {
    int from = version(yaml, "min_version", "TLS12", problems);
    int to = version(yaml, "max_version", "TLS13", problems);
    if (from > to) {
      problems.add(yaml.at("max_version"), "max_version is below min_version", "swap them");
      return List.of("TLSv1.3");
    }
    return VERSIONS.subList(from, to + 1).stream().map(v -> "TLSv1." + v.charAt(4)).toList();
  }

  private static int version(YamlMap yaml, String key, String normal, Problems problems) {
    String written = yaml.text(key).orElse(normal).toUpperCase(Locale.ROOT);
    int found = VERSIONS.indexOf(written);
    if (found >= 0) return found;
    problems.add(
        yaml.at(key),
        "%s is %s, which is not spoken here".formatted(yaml.name(key), yaml.shown(key)),
        "write TLS12 or TLS13; older ones are broken");
    return 0;
  }

  /** As in Go, the list is for TLS 1.2 alone. */
  private static List<String> withNewest(List<String> ciphers, List<String> protocols) {
    if (ciphers.isEmpty() || !protocols.contains("TLSv1.3")) return ciphers;
    return Stream.concat(ALWAYS_13.stream(), ciphers.stream()).distinct().toList();
  }

  String words() {
    return clients.needed() ? "tls+client-certificate" : "tls";
  }

  @Override
  public String toString() {
    return "Tls[<secret>, " + clients + ", " + protocols + "]";
  }
}
