package io.oriel.server.http;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.net.BindException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.compression.zstandard.ZstandardCompression;
import org.eclipse.jetty.compression.zstandard.ZstandardEncoderConfig;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door: listeners with their routes, HTTP/1.1 and HTTP/2 on the same ports, with TLS or
 * without. One selector thread a listener waits on sockets; every request runs on a virtual thread
 * of its own.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  static final long IDLE_MS = 60_000; // a connection on which nothing moves so long is cut
  private static final int SMALLEST_PACKED = 1400; // below one packet, compression wins nothing

  private final Server server;
  private final Map<String, ServerConnector> connectors;
  private final Connectors making;

  private HttpServer(Server server, Map<String, ServerConnector> connectors, Connectors making) {
    this.server = server;
    this.making = making;
    this.connectors = connectors;
  }

  /**
   * Listens on all addresses, or on none.
   *
   * @param access who comes in, and whether TLS is spoken
   * @throws Refusal.CannotStart when a port is taken, by whom where that can be seen
   */
  public static HttpServer start(
      List<Listening> listeners, Access access, Limits limits, HttpMetrics metrics) {
    var threads = new QueuedThreadPool(4 + 2 * listeners.size(), 1);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
    var timer = new ScheduledExecutorScheduler("http-timer", true);
    var server = new Server(threads, timer, null);
    var making = new Connectors(server, access.guard(), limits);
    var connectors = new HashMap<String, ServerConnector>();
    var byName = new HashMap<String, Listening>();
    for (Listening listener : listeners) {
      connectors.put(listener.name(), making.connector(listener));
      byName.put(listener.name(), listener);
    }
    server.setHandler(packed(new Dispatch(byName, access, limits, metrics)));
    server.setErrorHandler(new PlainErrors());
    var started = new HttpServer(server, connectors, making);
    started.open(listeners);
    new SlowHeads(connectors.values(), limits, timer).run();
    return started;
  }

  private static Handler packed(Handler handler) {
    var gzip = new GzipCompression();
    gzip.setMinCompressSize(SMALLEST_PACKED);
    var compression = new CompressionHandler(handler);
    compression.putCompression(gzip);
    addZstd(compression);
    compression.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .compressPreferredEncodings(List.of("zstd", "gzip"))
            .decompressIncludeEncoding("gzip") // a zstd frame may ask for 128 MiB to be unpacked
            .compressIncludeMethod("GET")
            .compressIncludeMethod("POST")
            .compressIncludeMimeType("application/json")
            .compressIncludeMimeType("application/openmetrics-text")
            .compressIncludeMimeType("text/plain")
            .compressIncludeMimeType("text/html")
            .decompressExcludeMimeType("application/x-protobuf") // pushes: their receivers unpack
            .decompressExcludePath("^.*/api/v1/write$") // the type may have a parameter
            .decompressExcludePath("^.*/v1/metrics$") // OTLP in JSON: in its turn, too
            .build());
    return compression;
  }

  /** Some times faster than gzip for who reads it; it comes with a library of native code. */
  private static void addZstd(CompressionHandler compression) {
    try {
      var fast = new ZstandardEncoderConfig();
      fast.setCompressionLevel(1); // 0.6 MiB an answer that is being written
      var zstd = new ZstandardCompression();
      zstd.setDefaultEncoderConfig(fast);
      zstd.setMinCompressSize(SMALLEST_PACKED);
      compression.putCompression(zstd);
    } catch (LinkageError e) { // no code for this machine, or a tmp folder that allows none to run
      log.info("answers go out without zstd reason={}", e.getMessage());
    }
  }

  private void open(List<Listening> listeners) {
    try {
      for (Listening listener : listeners) bind(listener);
      server.start();
    } catch (Refusal refused) {
      close();
      throw refused;
    } catch (Exception e) {
      close();
      throw new Refusal.CannotStart(
          "the HTTP server did not start (" + e.getMessage() + ")", "see the log");
    }
  }

  private void bind(Listening listener) throws Exception {
    try {
      connector(listener.name()).open();
    } catch (Exception e) {
      int port = listener.address().getPort();
      if (isTaken(e) && listener.optional()) {
        goWithout(listener);
        return;
      }
      if (isTaken(e)) {
        throw new Refusal.CannotStart(
            "port " + port + " is taken" + PortOwner.of(port).map(p -> " by " + p).orElse(""),
            "stop it, or start Oriel with --port N");
      }
      throw new Refusal.CannotStart(
          "%s:%d can't be listened on (%s)"
              .formatted(listener.address().getHostString(), port, e.getMessage()),
          "choose an address of this machine with --listen, and a port above 1023 with --port");
    }
  }

  private void goWithout(Listening listener) {
    int port = listener.address().getPort();
    server.removeConnector(connector(listener.name()));
    connectors.remove(listener.name());
    log.warn(
        "not listening, the port is taken listener={} port={} by={}; free it, or configure another",
        listener.name(),
        port,
        PortOwner.of(port).orElse("unknown"));
  }

  private static boolean isTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind
          && String.valueOf(bind.getMessage()).contains("in use")) return true;
    }
    return false;
  }

  private ServerConnector connector(String name) {
    ServerConnector connector = connectors.get(name);
    if (connector == null) throw new IllegalArgumentException("no listener is called " + name);
    return connector;
  }

  /** The port that a listener has, also where a free one was asked for. */
  public int port(String listener) {
    return connector(listener).getLocalPort();
  }

  /** Whether it listens there, and does not go without because another program has the port. */
  public boolean isListening(String listener) {
    return connectors.containsKey(listener);
  }

  /** New connections see the certificate that the guard has now; those that are open go on. */
  public void renewCertificates() {
    making.renew();
  }

  /** Stops listening; requests under way are cut off. */
  @Override
  public void close() {
    try {
      server.stop();
      server.destroy();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }
}
