package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One part of the admin API: asked every so often, the seldomer the longer it takes to answer.
 * While it is refused it is asked every few minutes, for LiteLLM counts each refusal among the
 * failed requests of its own page.
 */
final class Inquiry {
  private static final long REFUSED_MS = TimeUnit.MINUTES.toMillis(5);
  private static final int REST = 30; // times as long as the answer took

  private final Peer peer;
  private final Clock clock;
  private final String part;
  private final long everyMs;
  private long dueMs = Long.MIN_VALUE;
  private @Nullable CollectorFailure refused;

  /**
   * @param part in words, for the pages: {@code models}
   */
  Inquiry(Peer peer, Clock clock, String part, long everyMs) {
    this.peer = peer;
    this.clock = clock;
    this.part = part;
    this.everyMs = everyMs;
  }

  boolean isDue() {
    return clock.millis() >= dueMs;
  }

  /** The answer; null where there is none, which {@link #tellRefusal} then says. */
  @Nullable JsonNode ask(String target) throws InterruptedException {
    long began = clock.nanos();
    try {
      JsonNode answer = peer.jsonOfPart(target);
      long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nanos() - began);
      refused = null;
      dueMs = clock.millis() + Math.max(everyMs, tookMs * REST);
      return answer;
    } catch (CollectorFailure e) {
      refused = e;
      dueMs = clock.millis() + Math.max(everyMs, e.status() == 0 ? 0 : REFUSED_MS);
      return null;
    }
  }

  /** The system has begun anew: it may answer otherwise. */
  void again() {
    dueMs = Long.MIN_VALUE;
  }

  /** What LiteLLM answered in place of 200 the last time; 0 when it answered, or not at all. */
  int refusedStatus() {
    CollectorFailure failure = refused;
    return failure == null ? 0 : failure.status();
  }

  /**
   * Says why this part is not told.
   *
   * @param database whether LiteLLM has one: without it no key but the master key is known
   */
  void tellRefusal(Readings out, Database database) {
    CollectorFailure failure = refused;
    if (failure == null) return;
    out.failed(part, failure.happened() + "; " + Remedies.of(failure, database));
  }
}
