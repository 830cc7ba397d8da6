package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.MetricMetadata;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.remotewrite.RequestBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Sends what one shard hands over, until it is taken or refused for good. One thread. */
final class Deliverer implements Shard.Delivery {
  private final Destination to;
  private final Post post;
  private final Clock clock;
  private final RandomGenerator random;
  private final Receiver receiver;
  private final OutCounters counters;
  private final Map<String, MetricMetadata> said;
  private final java.util.function.Consumer<Parcel> done;
  private RequestBuilder builder;

  Deliverer(
      Destination to,
      Post post,
      Clock clock,
      RandomGenerator random,
      Receiver receiver,
      OutCounters counters,
      Map<String, MetricMetadata> said,
      java.util.function.Consumer<Parcel> done) {
    this.to = to;
    this.post = post;
    this.clock = clock;
    this.random = random;
    this.receiver = receiver;
    this.counters = counters;
    this.said = said;
    this.done = done;
    this.builder = RequestBuilder.of(receiver.version(), to.parts());
  }

  @Override
  public void deliver(List<Parcel> parcels) throws InterruptedException {
    long pauseMs = to.queue().minBackoff().toMillis();
    byte[] body = build(parcels);
    while (builder.samples() + builder.histograms() + builder.exemplars() > 0) {
      long begin = clock.nanos();
      Outcome outcome = post.send(builder, body);
      counters.request(body.length, clock.nanos() - begin);
      receiver.heard(outcome, builder.version());
      if (outcome instanceof Outcome.OtherVersion && receiver.version() != builder.version()) {
        body = build(parcels); // in the version that is left, at once
        continue;
      }
      if (!(outcome instanceof Outcome.Later later)) {
        count(outcome);
        break;
      }
      counters.retried();
      clock.sleepUntil(clock.millis() + Math.max(later.waitMs(), jittered(pauseMs)));
      pauseMs = Math.min(2 * pauseMs, to.queue().maxBackoff().toMillis());
      if (receiver.version() != builder.version() || !to.queue().ageLimit().isZero()) {
        body = build(parcels);
      }
    }
    counters.dropped("too_old", builder.tooOld());
    counters.dropped("native_histogram_not_sent", builder.notWanted());
    parcels.forEach(done);
  }

  /** Between half and the whole: those that failed together don't come again together. */
  private long jittered(long pauseMs) {
    return pauseMs / 2 + random.nextLong(pauseMs / 2 + 1);
  }

  private byte[] build(List<Parcel> parcels) {
    if (builder.version() != receiver.version()) {
      builder = RequestBuilder.of(receiver.version(), to.parts());
    }
    builder.clear();
    Duration age = to.queue().ageLimit();
    long oldestMs = age.isZero() ? Long.MIN_VALUE : clock.millis() - age.toMillis();
    for (Parcel parcel : parcels) {
      for (int i = 0; i < parcel.count; i++) add(parcel, i, oldestMs);
    }
    return builder.body();
  }

  private void add(Parcel parcel, int i, long oldestMs) {
    try {
      builder.series(
          parcel.message, parcel.places[2 * i], parcel.places[2 * i + 1], oldestMs, said);
    } catch (Malformed e) { // the record's checksum was right, so it was written so
      throw new IllegalStateException(e);
    }
  }

  private void count(Outcome outcome) {
    int samples = builder.samples() + builder.histograms();
    switch (outcome) {
      case Outcome.Taken() -> counters.sent(samples, builder.exemplars(), builder.newestMs());
      case Outcome.Refused(String reason, _) -> counters.failed(reason, samples);
      case Outcome.Unconfirmed _ -> counters.failed("unconfirmed", samples);
      case Outcome.OtherVersion _ -> counters.failed("http_415", samples);
      case Outcome.Later _ -> throw new IllegalStateException("a later is no end");
    }
  }
}
