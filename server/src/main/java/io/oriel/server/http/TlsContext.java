package io.oriel.server.http;

import io.oriel.model.limit.Refusal;
import io.oriel.server.auth.Tls;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS of one listener; what it works with can change while it runs. */
final class TlsContext extends SslContextFactory.Server {
  private boolean anyClient;

  TlsContext(Tls tls) {
    set(tls);
  }

  /** From the next connection on. */
  void use(Tls tls) {
    try {
      reload(_ -> set(tls));
    } catch (Exception e) {
      throw new Refusal.CannotStart(
          "the certificates can't be taken over (" + e.getMessage() + ")",
          "look at the files that listen.web_config names");
    }
  }

  private void set(Tls tls) {
    anyClient = tls.clients().asked() && !tls.clients().verified();
    setKeyStore(tls.own());
    setKeyStorePassword("");
    setTrustStore(tls.trusted());
    setNeedClientAuth(tls.clients().needed());
    setWantClientAuth(tls.clients().asked() && !tls.clients().needed());
    setIncludeProtocols(tls.protocols().toArray(String[]::new));
    setExcludeProtocols();
    if (!tls.ciphers().isEmpty()) setExcludeCipherSuites(); // the list says all
    setIncludeCipherSuites(tls.ciphers().toArray(String[]::new));
  }

  @Override
  protected TrustManager @Nullable [] getTrustManagers(
      @Nullable KeyStore trusted, @Nullable Collection<? extends CRL> revoked) throws Exception {
    return anyClient
        ? new TrustManager[] {new TakesAnyClient()}
        : super.getTrustManagers(trusted, revoked);
  }

  /**
   * For {@code RequireAnyClientCert}, which asks for a certificate and not by whom it is signed.
   */
  private static final class TakesAnyClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
