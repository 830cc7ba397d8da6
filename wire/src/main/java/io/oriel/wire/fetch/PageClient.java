package io.oriel.wire.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Asks one target, again and again. One thread at a time; whoever opens it closes it. */
public final class PageClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 10;
  private static final int UNPACKING_BUFFER = 8 << 10;

  private final PageRequest request;
  private final TlsSockets tls;
  private final Failures failures;
  private final Ask own;
  private @Nullable Connection kept;
  private String contentType = "";

  public PageClient(PageRequest request) {
    this.request = request;
    this.tls = new TlsSockets(request.http().tls());
    this.failures = new Failures(request);
    this.own = Ask.get(target(request.uri()));
  }

  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /**
   * Fills the buffer with the page, unpacked.
   *
   * @return its {@code Content-Type}, empty when it has none
   * @throws InterruptedException when the caller is to stop; the connection is closed then
   */
  public String fetch(PageBuffer into) throws FetchFailure, InterruptedException {
    return fetch(own, into);
  }

  /**
   * As {@link #fetch(PageBuffer)}, of another page of the same peer, over the same connection.
   *
   * @throws FetchFailure also when a POST would be redirected: its body goes nowhere else
   */
  public String fetch(Ask ask, PageBuffer into) throws FetchFailure, InterruptedException {
    into.clear();
    try {
      fetch(ask, into, Deadline.in(request.timeoutMs()));
      return contentType;
    } catch (IOException e) {
      close();
      if (Thread.interrupted()) throw new InterruptedException(); // that is what closed the socket
      throw failures.of(e);
    } catch (FetchFailure | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void fetch(Ask asked, PageBuffer into, Deadline deadline)
      throws IOException, FetchFailure, InterruptedException {
    URI uri = request.uri();
    Ask ask = asked;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Connection connection = kept;
      ResponseHead head =
          redirects == 0 && connection != null ? again(connection, ask, deadline) : null;
      if (head == null) {
        close();
        connection = Connection.open(uri, tls, deadline);
        kept = connection;
        head = exchange(connection, uri, ask, deadline);
      }
      if (!head.isRedirect() || !request.http().followRedirects() || ask.isPost()) {
        take(head, ask, into, deadline);
        if (redirects > 0) close(); // the next scrape begins at the configured address
        return;
      }
      uri = failures.redirected(uri.resolve(ask.target()), head);
      ask = Ask.get(target(uri));
    }
    throw new FetchFailure(
        "%s redirects more than %d times".formatted(failures.who(), MOST_REDIRECTS),
        "configure the address where the metrics are");
  }

  /** Null when the peer has ended the kept connection meanwhile. */
  private @Nullable ResponseHead again(Connection connection, Ask ask, Deadline deadline)
      throws IOException, InterruptedException {
    try {
      return exchange(connection, request.uri(), ask, deadline);
    } catch (ResponseHead.NoAnswer | java.net.SocketException e) {
      if (Thread.currentThread().isInterrupted()) throw e;
      return null;
    }
  }

  private ResponseHead exchange(Connection connection, URI uri, Ask ask, Deadline deadline)
      throws IOException, InterruptedException {
    String peer = request.uri().getRawAuthority();
    boolean trusted = peer == null || peer.equals(uri.getRawAuthority());
    var head = new ResponseHead[1];
    byte[] text = RequestText.of(request, uri, ask, trusted);
    connection.untilDeadline(deadline, () -> head[0] = connection.exchange(text, deadline));
    return head[0];
  }

  private void take(ResponseHead head, Ask ask, PageBuffer into, Deadline deadline)
      throws IOException, FetchFailure, InterruptedException {
    Connection connection = kept;
    if (connection == null) throw new IllegalStateException("asked without a connection");
    if (head.status() != 200) throw failures.status(head, ask);
    connection.untilDeadline(
        deadline,
        () -> {
          var body = new BodyStream(connection.in(), head);
          into.fill(unpacked(head, body), request.maxBytes(), deadline);
          if (body.read() >= 0) throw new IOException("something follows the packed page");
        });
    contentType = head.header("content-type");
    if (!head.staysOpen()) close();
  }

  private static InputStream unpacked(ResponseHead head, InputStream body) throws IOException {
    return switch (head.header("content-encoding").toLowerCase(java.util.Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> new GZIPInputStream(body, UNPACKING_BUFFER);
      case String _ -> throw new IOException("its Content-Encoding is not known");
    };
  }

  /** Ends the connection; the next {@link #fetch} opens another. */
  @Override
  public void close() {
    Connection open = kept;
    kept = null;
    if (open != null) open.close();
  }
}
