package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads one request's body: so large at most, in so many seconds at most, and counted with those of
 * all other requests until the request is answered. What is announced is not believed: bytes count
 * when they are there.
 */
final class BodyReader implements AutoCloseable {
  private static final int PIECE = 64 << 10;
  private static final int COPIES = 3; // while it grows, and as text and parameters

  private final Request request;
  private final Limits limits;
  private final HeldBytes all;
  private long held;

  BodyReader(Request request, Limits limits, HeldBytes all) {
    this.request = request;
    this.limits = limits;
    this.all = all;
  }

  byte[] read() {
    limits.check(Limit.REQUEST_BODY_BYTES, request.getLength(), "the request's body");
    Duration patience = Duration.ofSeconds(limits.of(Limit.REQUEST_SECONDS));
    Scheduler.Task tooSlow =
        request.getComponents().getScheduler().schedule(() -> Dispatch.cut(request), patience);
    try {
      return read(Request.asInputStream(request)); // not closed: that would reset the stream
    } catch (IOException e) { // bad chunks, no gzip, gone in mid-body
      throw new Refusal.BadRequest(
          "the request's body can't be read (" + e.getMessage() + ")",
          "send all of it, as its headers say");
    } finally {
      tooSlow.cancel();
    }
  }

  private byte[] read(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream(0);
    for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
      limits.check(
          Limit.REQUEST_BODY_BYTES, body.size() + (long) piece.length, "the request's body");
      hold((long) COPIES * piece.length);
      body.writeBytes(piece);
    }
    return body.toByteArray();
  }

  private void hold(long bytes) {
    all.take(bytes, "the bodies of the requests that are read now");
    held += bytes;
  }

  /** What was read is not counted any more. */
  @Override
  public void close() {
    all.give(held);
    held = 0;
  }
}
