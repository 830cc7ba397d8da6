package io.oriel.server.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates for 127.0.0.1, made by the JDK's keytool, as PEM files and as stores.
 */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final String name;
  private final KeyStore store;

  private Certificates(Path folder, String name, KeyStore store) {
    this.folder = folder;
    this.name = name;
    this.store = store;
  }

  /** Makes {@code name.crt} and {@code name.key} in a folder. */
  public static Certificates make(Path folder, String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "2")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) throw new IOException("keytool failed: " + said);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var made = new Certificates(folder, name, store);
    made.write(".crt", "CERTIFICATE", made.certificate().getEncoded());
    made.write(".key", "PRIVATE KEY", store.getKey("own", PASSWORD).getEncoded());
    return made;
  }

  private void write(String ending, String kind, byte[] content) throws IOException {
    String pem =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
    Files.writeString(folder.resolve(name + ending), pem);
  }

  public Certificate certificate() throws GeneralSecurityException {
    return store.getCertificate("own");
  }

  /** For a client that trusts this certificate alone, and shows another where one is given. */
  public SSLContext trusting(Certificates... own) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("server", certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    if (own.length > 0) keys.init(own[0].store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(own.length > 0 ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
    return context;
  }
}
