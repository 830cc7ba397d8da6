package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Cuts connections whose request's head does not come to its end. A byte now and then keeps a
 * connection from being idle, so that the idle timeout alone would let it stay for ever; looking
 * every second costs less than a timer a request. On HTTP/2 the same is held of every frame, and of
 * a head that goes on in further frames.
 *
 * <p>Each request sets timeouts, and one that is the next to come wakes the timer's thread. This
 * look is always nearer, so that there is a wake-up a second instead of some a request.
 */
final class SlowHeads implements Runnable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Collection<ServerConnector> connectors;
  private final long mostNanos;
  private final Scheduler scheduler;
  private Map<EndPoint, Progress> before = Map.of(); // of the connections of HTTP/2

  /**
   * How far the reading of frames was.
   *
   * @param beginNanos when the frame, or the head of several frames, began that is or was read last
   * @param bytes that came until then
   */
  private record Progress(long beginNanos, long bytes) {}

  SlowHeads(Collection<ServerConnector> connectors, Limits limits, Scheduler scheduler) {
    this.connectors = List.copyOf(connectors);
    this.mostNanos = TimeUnit.SECONDS.toNanos(limits.of(Limit.HEADER_SECONDS));
    this.scheduler = scheduler;
  }

  /** Looks now, and again in a second for as long as the server runs. */
  @Override
  public void run() {
    var now = new HashMap<EndPoint, Progress>();
    for (ServerConnector connector : connectors) {
      for (EndPoint socket : connector.getConnectedEndPoints()) {
        if (isLate(socket, now)) socket.close();
      }
    }
    before = now;
    if (scheduler.isRunning()) scheduler.schedule(this, EVERY);
  }

  private boolean isLate(EndPoint socket, Map<EndPoint, Progress> now) {
    Connection connection = socket.getConnection();
    if (connection instanceof SslConnection tls) connection = tls.getSslEndPoint().getConnection();
    return switch (connection) {
      case HttpConnection http -> isLate(http.getParser());
      case HTTP2Connection http2 -> {
        Progress progress =
            new Progress(http2.getSession().getParser().getBeginNanoTime(), http2.getBytesIn());
        now.put(socket, progress);
        yield isLate(before.get(socket), progress);
      }
      case NegotiatingServerConnection _ -> // TLS has not said yet what will be spoken
          System.currentTimeMillis() - socket.getCreatedTimeStamp()
              > TimeUnit.NANOSECONDS.toMillis(mostNanos);
      case null, default -> false;
    };
  }

  /** Bytes came, and they are still of the frame that began long ago. */
  private boolean isLate(@Nullable Progress then, Progress now) {
    return then != null
        && then.beginNanos == now.beginNanos
        && then.bytes < now.bytes
        && System.nanoTime() - now.beginNanos > mostNanos;
  }

  private boolean isLate(HttpParser parser) {
    return parser.inHeaderState()
        && !parser.isStart()
        && System.nanoTime() - parser.getBeginNanoTime() > mostNanos;
  }
}
