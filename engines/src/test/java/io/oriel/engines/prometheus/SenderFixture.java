package io.oriel.engines.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.wire.remotewrite.RequestBuilder.Parts;
import io.oriel.wire.remotewrite.WriteVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sender on a clock that is moved by hand, before a receiver that answers as it is told. */
abstract class SenderFixture {
  static final long NOW = 1_700_000_000_000L;
  static final QueueConfig AT_ONCE = queue(2000, 1, Duration.ZERO, false);

  @TempDir Path folder;
  final ManualClock clock = new ManualClock(NOW);
  TestReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new TestReceiver();
  }

  @AfterEach
  void hangUp() {
    receiver.close();
  }

  static QueueConfig queue(int maxSamples, int shards, Duration deadline, boolean retry429) {
    return new QueueConfig(
        10_000,
        shards,
        shards,
        maxSamples,
        deadline,
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        retry429,
        false,
        Duration.ZERO);
  }

  Destination to() {
    return Destination.to("out", receiver.url()).with(AT_ONCE);
  }

  Destination to2() {
    return to().with(WriteVersion.V2, Parts.ALL);
  }

  RemoteWriteOut start(Destination to) {
    return start(to, QueueBounds.WhenFull.DROP_OLDEST);
  }

  RemoteWriteOut start(Destination to, QueueBounds.WhenFull whenFull) {
    return RemoteWriteOut.start(
        to,
        new RemoteWriteOut.Ground(
            Disk.real(),
            folder,
            new QueueBounds(8 << 20, Duration.ZERO, whenFull),
            SyncPolicy.ALWAYS, // its clock does not sleep on ours
            Limits.NORMAL,
            clock,
            new Random(1),
            "Oriel/test"));
  }

  /** One batch of one sample. */
  static void send(RemoteWriteOut out, Labels labels, long timeMs, double value) {
    try (MetricWriter writer = out.sink().writer()) {
      writer.sample(writer.series(labels), timeMs, value);
      writer.commit();
    }
  }

  static Labels labels(String name, String... more) {
    var labels = Labels.of(more);
    return labels.with(Labels.NAME, name);
  }
}
