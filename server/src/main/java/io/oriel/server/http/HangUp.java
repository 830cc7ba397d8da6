package io.oriel.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Whether the caller has hung up while their answer is being computed.
 *
 * <p>HTTP/2 tells by itself. On HTTP/1.1 nobody reads the socket while a request is handled, so the
 * end of the stream is looked for here: a read that gives nothing means they are there; bytes are a
 * next request sent early and are handed to the connection, which would have read them later.
 */
final class HangUp implements BooleanSupplier {
  private final Request request;
  private volatile boolean failed;
  private boolean quiet; // nothing more to look for on this connection

  HangUp(Request request) {
    this.request = request;
    this.quiet = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    request.addFailureListener(_ -> failed = true);
  }

  @Override
  public boolean getAsBoolean() {
    if (!failed && !quiet) look();
    return failed;
  }

  private void look() {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (!(connection instanceof Connection.UpgradeTo reader)) {
      quiet = true;
      return;
    }
    EndPoint socket = connection.getEndPoint();
    ByteBuffer early = ByteBuffer.allocate(1).flip(); // filled after its limit, as Jetty's are
    try {
      int read = socket.fill(early);
      if (read < 0) failed = true;
      if (read > 0) {
        reader.onUpgradeTo(early);
        quiet = true;
      }
    } catch (IOException _) {
      failed = true;
    }
  }
}
