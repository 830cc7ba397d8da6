package io.oriel.wire.remotewrite;

import static org.assertj.core.api.Assertions.fail;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.Mutations;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Bodies that nobody would send: random bytes, good bodies with bytes changed, cut off, repeated.
 * Each is taken or refused; the seed of a failure is in its message.
 */
class WriteDecoderFuzzTest {
  private static final int BODIES = 60_000;
  private static final Limits LIMITS = Limits.NORMAL.with(Limit.WRITE_BODY_BYTES, 1 << 20);

  private final SnappyBlock block = new SnappyBlock();
  private final WriteDecoder decoder = new WriteDecoder(Limits.NORMAL);

  @Test
  void any_body_is_taken_or_refused() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < BODIES; i++) {
      byte[] body =
          random.nextInt(8) == 0
              ? Mutations.noise(random)
              : Mutations.mutated(body(random), random);
      take(body, seed);
    }
  }

  @Test
  void any_message_is_taken_or_refused() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < BODIES; i++) {
      byte[] message = request(random).message();
      byte[] bytes =
          random.nextInt(8) == 0 ? Mutations.noise(random) : Mutations.mutated(message, random);
      decode(bytes, bytes.length, seed, bytes);
    }
  }

  private void take(byte[] body, long seed) {
    try {
      block.unpack(body, LIMITS, Limit.WRITE_BODY_BYTES, "the request");
    } catch (Malformed | Refusal.LimitReached _) {
      return;
    } catch (Throwable e) {
      fail(said(seed, body), e);
    }
    decode(block.bytes(), block.length(), seed, body);
  }

  private void decode(byte[] bytes, int length, long seed, byte[] body) {
    try {
      decoder.decode(bytes, length, new Heard());
    } catch (Malformed | Refusal.LimitReached _) {
      // refused, as it should be
    } catch (Throwable e) {
      fail(said(seed, body), e);
    }
  }

  private static String said(long seed, byte[] body) {
    return "seed " + seed + ", body " + HexFormat.of().formatHex(body);
  }

  private static byte[] body(Random random) {
    return request(random).body();
  }

  private static WriteEncoder request(Random random) {
    var encoder = new WriteEncoder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      var samples = new SampleColumns();
      for (int s = random.nextInt(5); s >= 0; s--)
        samples.add(random.nextLong(), random.nextDouble());
      encoder.series(Labels.of("__name__", "m" + i, "l", "v".repeat(random.nextInt(90))), samples);
    }
    var said = new MetricMetadata(MetricMetadata.Type.COUNTER, "help", "");
    return random.nextBoolean() ? encoder.metadata("m", said) : encoder;
  }
}
