package io.oriel.wire.remotewrite;

import static org.assertj.core.api.Assertions.fail;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.Mutations;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.HistogramMessage;
import io.oriel.wire.protobuf.Malformed;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of remote write 2.0 that nobody would send: each is taken or refused. */
class Write2DecoderFuzzTest {
  private static final int MESSAGES = 60_000;
  private static final int SYMBOLS = 4;
  private static final int SERIES = 5;

  private final Write2Decoder decoder = new Write2Decoder(Limits.NORMAL);

  @Test
  void any_message_is_taken_or_refused() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] message =
          random.nextInt(8) == 0
              ? Mutations.noise(random)
              : Mutations.mutated(message(random), random);
      try {
        decoder.decode(message, message.length, new Heard());
      } catch (Malformed | Refusal _) {
        // refused, as it should be
      } catch (Throwable e) {
        fail("seed " + seed + ", message " + HexFormat.of().formatHex(message), e);
      }
    }
  }

  private static byte[] message(Random random) {
    var request = new FieldWriter();
    for (String text : new String[] {"", "__name__", "up", "job", "trace_id", "abc", "help"}) {
      request.text(SYMBOLS, text);
    }
    for (int i = random.nextInt(3); i >= 0; i--) request.message(SERIES, series(random));
    return request.toBytes();
  }

  private static FieldWriter series(Random random) {
    byte[] references = {1, 2, 3, (byte) random.nextInt(8)};
    var series = new FieldWriter().bytes(1, references, references.length);
    var sample = new FieldWriter().eightBytes(1, random.nextGaussian()).number(2, 1000);
    if (random.nextBoolean()) series.message(2, sample.number(3, random.nextInt(2000)));
    if (random.nextBoolean()) {
      series.message(3, new HistogramMessage().of(histogram(random), 1000, random.nextBoolean()));
    }
    byte[] exemplar = {4, 5};
    if (random.nextBoolean()) {
      series.message(4, new FieldWriter().bytes(1, exemplar, 2).eightBytes(2, 1).number(3, 999));
    }
    return series.message(5, new FieldWriter().number(1, random.nextInt(9)).number(3, 6));
  }

  private static Histogram histogram(Random random) {
    boolean custom = random.nextInt(4) == 0;
    int from = custom ? 0 : random.nextInt(20) - 10;
    return new Histogram(
        custom ? Histogram.CUSTOM : random.nextInt(12) - 4,
        6,
        12.5,
        0.001,
        custom ? 0 : 1,
        Buckets.from(from, 2, 1, 2),
        Buckets.NONE,
        custom ? new double[] {1, 2, 5} : new double[0],
        CounterReset.UNKNOWN);
  }
}
