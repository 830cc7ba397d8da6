package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.server.auth.Guard;
import io.oriel.server.auth.Tls;
import io.oriel.server.auth.WebConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the sockets that are listened on, in the clear or under TLS, each with its bounds. */
final class Connectors {
  private static final Logger log = LoggerFactory.getLogger(Connectors.class);
  private static final long CROWDED_IDLE_MS = 2_000; // where there are as many as may be
  private static final int HEADER_BYTES = 64 << 10; // a GET may carry a long query
  private static final int STREAMS = 100; // at once on a connection of HTTP/2, as the RFC asks for
  private static final int ODD_FRAMES_A_SECOND = 100; // resets, pings, settings: more end it
  private static final int OUTPUT_BUFFER = 32 << 10;

  private final Server server;
  private final Guard guard;
  private final Limits limits;
  private final List<TlsContext> contexts = new ArrayList<>();

  Connectors(Server server, Guard guard, Limits limits) {
    this.server = server;
    this.guard = guard;
    this.limits = limits;
  }

  ServerConnector connector(Listening listener) {
    List<ConnectionFactory> spoken = spoken();
    var connector =
        new ServerConnector(
            server,
            0, // the selector accepts too
            1,
            spoken.toArray(ConnectionFactory[]::new));
    connector.setName(listener.name());
    connector.setHost(listener.address().getHostString());
    connector.setPort(listener.address().getPort());
    connector.setIdleTimeout(HttpServer.IDLE_MS);
    var crowd = new NetworkConnectionLimit((int) limits.of(Limit.CONNECTIONS), connector);
    crowd.setEndPointIdleTimeout(CROWDED_IDLE_MS);
    connector.addBean(crowd);
    server.addConnector(connector);
    return connector;
  }

  private List<ConnectionFactory> spoken() {
    WebConfig web = guard.config();
    Optional<Tls> tls = web.tls();
    HttpConfiguration config = config();
    var http1 = new HttpConnectionFactory(config);
    if (tls.isEmpty()) return List.of(http1, bounded(new HTTP2CServerConnectionFactory(config)));
    config.addCustomizer(new SecureRequestCustomizer(false)); // as others, any name is answered
    var context = new TlsContext(tls.get());
    contexts.add(context);
    if (!web.http2()) return List.of(new SslConnectionFactory(context, http1.getProtocol()), http1);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return List.of(
        new SslConnectionFactory(context, alpn.getProtocol()),
        alpn,
        bounded(new HTTP2ServerConnectionFactory(config)),
        http1);
  }

  private static HttpConfiguration config() {
    var config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setOutputBufferSize(OUTPUT_BUFFER);
    config.setOutputAggregationSize(OUTPUT_BUFFER);
    config.setRequestHeaderSize(HEADER_BYTES);
    return config;
  }

  /** HTTP/2 lets one connection ask for much: streams, frames and headers are bounded. */
  private ConnectionFactory bounded(AbstractHTTP2ServerConnectionFactory http2) {
    http2.setMaxConcurrentStreams(STREAMS);
    http2.setMaxHeaderBlockFragment(HEADER_BYTES);
    http2.setMaxSettingsKeys(64);
    http2.setStreamIdleTimeout(1000 * limits.of(Limit.ANSWER_STALL_SECONDS));
    http2.setRateControlFactory(new WindowRateControl.Factory(ODD_FRAMES_A_SECOND));
    return http2;
  }

  /** Takes over the certificates in force; whether TLS is spoken at all is decided at the start. */
  void renew() {
    Optional<Tls> now = guard.config().tls();
    if (now.isPresent() == contexts.isEmpty()) {
      log.warn("tls switched on or off in the web configuration; restart Oriel for that");
      return;
    }
    now.ifPresent(tls -> contexts.forEach(context -> context.use(tls)));
  }
}
