package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import io.oriel.wire.http.ShownUrl;
import io.oriel.wire.remotewrite.WriteVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of a receiver: whether it answers, and which version it takes. Thread-safe. */
final class Receiver {
  private static final Logger log = LoggerFactory.getLogger(Receiver.class);
  private static final long QUIET_MS = 60_000;

  private final Destination to;
  private final Clock clock;
  private WriteVersion version;
  private boolean proved; // it has taken a message of this version
  private long downSinceMs;
  private String why = "";
  private long quietUntilMs = Long.MIN_VALUE;

  Receiver(Destination to, Clock clock) {
    this.to = to;
    this.clock = clock;
    this.version = to.version();
  }

  synchronized WriteVersion version() {
    return version;
  }

  /** Since when it takes nothing; 0 = it does, as far as is known. */
  synchronized long downSinceMs() {
    return downSinceMs;
  }

  /** Why it took nothing the last time. */
  synchronized String why() {
    return why;
  }

  synchronized void heard(Outcome outcome, WriteVersion in) {
    switch (outcome) {
      case Outcome.Taken() -> {
        if (in == version) proved = true;
        up();
      }
      case Outcome.Unconfirmed(String said) -> refused(said);
      case Outcome.Refused(_, String said) -> refused(said);
      case Outcome.OtherVersion(String said) -> otherVersion(said, in);
      case Outcome.Later(String said, _) -> down(said);
    }
  }

  /** What has once taken a version is not sent another. */
  private void otherVersion(String said, WriteVersion in) {
    if (in == version && !proved) {
      version = WriteVersion.V1;
      log.info(
          "remote write 2.0 is not known there, going on with 1.0 name={} reason=\"{}\"",
          to.name(),
          said);
    } else if (in == version) {
      refused(said);
    }
  }

  private void refused(String said) {
    up();
    why = said;
    if (isQuiet()) return;
    log.warn(
        "samples refused for good name={} url={} reason=\"{}\"; next line in 1m",
        to.name(),
        ShownUrl.of(to.url()),
        said);
  }

  private void down(String said) {
    why = said;
    if (downSinceMs == 0) downSinceMs = clock.millis();
    if (isQuiet()) return;
    log.warn(
        "samples wait, the receiver takes none name={} url={} reason=\"{}\"; next line in 1m",
        to.name(),
        ShownUrl.of(to.url()),
        said);
  }

  private void up() {
    if (downSinceMs != 0) {
      log.info(
          "the receiver answers again name={} after_seconds={}",
          to.name(),
          (clock.millis() - downSinceMs) / 1000);
    }
    downSinceMs = 0;
    why = "";
  }

  private boolean isQuiet() {
    long nowMs = clock.millis();
    if (nowMs < quietUntilMs) return true;
    quietUntilMs = nowMs + QUIET_MS;
    return false;
  }
}
