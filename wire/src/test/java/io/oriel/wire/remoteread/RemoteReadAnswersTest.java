package io.oriel.wire.remoteread;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RemoteReadAnswersTest {
  private static final Labels UP = Labels.of("__name__", "up");

  @Test
  void a_chunk_is_what_prometheus_writes() {
    var chunk = new XorChunk();

    chunk.encode(new long[] {1000, 2000, 3000}, new double[] {1, 1, 2}, 0, 3);

    // 3 samples | 1000 as zigzag | 1.0 | 1000 | same value 0, same interval 0, another value:
    // 1 1, 1 leading zero, 11 bits, 0x7ff: the bits in which 1.0 and 2.0 differ
    assertThat(hex(Arrays.copyOf(chunk.bytes(), chunk.size())))
        .isEqualTo("00 03 d0 0f 3f f0 00 00 00 00 00 00 e8 07 30 97 ff c0");
  }

  @Test
  void a_frame_has_length_checksum_and_message() throws IOException {
    var out = new ByteArrayOutputStream();
    var samples = new SampleColumns();
    samples.add(1000, 1);

    new ChunkStream(out, 1 << 20).series(3, UP, samples);

    assertThat(hex(out.toByteArray()))
        .startsWith("2c 5d b5 35 97 ") // length, checksum
        .endsWith(
            "0a 28 0a 0e 0a 08 5f 5f 6e 61 6d 65 5f 5f 12 02 75 70"
                + " 12 16 08 e8 07 10 e8 07 18 01 22 0c 00 01 d0 0f 3f f0 00 00 00 00 00 00"
                + " 10 03")
        .hasSize(3 * (1 + 4 + 0x2c) - 1);
  }

  @Test
  void a_long_series_is_cut_into_frames() throws IOException {
    var out = new ByteArrayOutputStream();
    var samples = new SampleColumns();
    for (int i = 0; i < 1000; i++) samples.add(15_000L * i, Math.sqrt(i));

    new ChunkStream(out, 2000).series(0, UP, samples);

    int frames = 0;
    byte[] bytes = out.toByteArray();
    for (int at = 0; at < bytes.length; frames++) {
      int length = (bytes[at] & 0x7f) | ((bytes[at + 1] & 0x7f) << 7); // two bytes: over 127
      at += 2 + 4 + length;
    }
    assertThat(frames).isBetween(3, 5);
  }

  @Test
  void a_histogram_has_runs_of_buckets_and_their_counts() {
    var samples = new SampleColumns();
    var positive = new Buckets(new int[] {-1, 0, 3}, new double[] {1, 2, 3});
    samples.add(
        1000,
        new Histogram(1, 6, 9, 0.5, 0, positive, Buckets.NONE, new double[0], CounterReset.GAUGE));

    var answer = new SampleAnswer().series(UP, samples);

    // 11: spans (offset -1, length 2) and (offset 2, length 1); 13: three doubles; 14: gauge
    assertThat(hex(message(answer)))
        .contains("20 02 29 00 00 00 00 00 00 e0 3f")
        .contains("5a 04 08 01 10 02 5a 04 08 04 10 01 6a 18 00 00 00 00 00 00 f0 3f")
        .endsWith("70 03 78 e8 07");
  }

  /** The message before it is packed. */
  private static byte[] message(SampleAnswer answer) {
    byte[] body = answer.endQuery().body();
    var block = new io.oriel.wire.protobuf.SnappyBlock();
    try {
      block.unpack(
          body,
          io.oriel.model.limit.Limits.NORMAL,
          io.oriel.model.limit.Limit.REQUEST_BODY_BYTES,
          "the answer");
    } catch (io.oriel.wire.protobuf.Malformed e) {
      throw new AssertionError(e);
    }
    return Arrays.copyOf(block.bytes(), block.length());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
