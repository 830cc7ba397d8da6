package io.oriel.server.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What is left of a request's body when its answer is already written. It is taken and thrown away,
 * so much and so long as is sensible: who is cut off while they send (a reset stream, a closed
 * socket) may never read the answer that tells why.
 */
final class UnreadBody {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private UnreadBody() {}

  static void takeAway(Request request, long most) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) return; // reading would ask for it
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (long taken = 0; taken <= most; ) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        if (!moreBefore(end, request)) return;
        continue;
      }
      if (Content.Chunk.isFailure(chunk)) return;
      taken += chunk.remaining();
      boolean last = chunk.isLast();
      chunk.release();
      if (last) return;
    }
  }

  private static boolean moreBefore(long end, Request request) {
    var more = new CountDownLatch(1);
    request.demand(more::countDown);
    try {
      return more.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
