package io.oriel.wire.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Turns PEM into what Java's TLS works with. */
public final class TlsMaterial {
  private TlsMaterial() {}

  public static SSLContext context(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    var context = SSLContext.getInstance("TLS");
    context.init(keys(settings), trust(settings), null);
    return context;
  }

  private static KeyManager @Nullable [] keys(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.cert().equals(Secret.NONE)) return null;
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(
        PemStores.own(settings.cert().read(), settings.key().read()), PemStores.password());
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.skipVerify()) return new TrustManager[] {new TrustsAnybody()};
    if (settings.ca().equals(Secret.NONE)) return null;
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(PemStores.trusted(settings.ca().read()));
    return factory.getTrustManagers();
  }

  /** For {@code insecure_skip_verify}: somebody asked for it by name. */
  private static final class TrustsAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
