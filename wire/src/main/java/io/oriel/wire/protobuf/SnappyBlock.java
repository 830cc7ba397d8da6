package io.oriel.wire.protobuf;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.util.Arrays;

/**
 * Snappy's block format: the unpacked length as a varint, then literals and copies. Keeps the room
 * it unpacks into, so that a steady sender costs no allocation; one thread at a time.
 *
 * <p>Source: {@code format_description.txt} of google/snappy.
 */
public final class SnappyBlock {
  private static final int MOST_GROWTH = 22; // the best element turns 3 bytes into 64
  private static final int HEADER = 5; // bytes of the longest length

  private final SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
  private byte[] bytes = new byte[0];
  private int length;

  /**
   * Unpacks a block. The length that it claims is looked at before room is made: against the limit,
   * and against what a block of its size can hold at all.
   *
   * @param subject what is unpacked, as the beginning of a sentence: "the pushed request"
   * @throws io.oriel.model.limit.Refusal.LimitReached when it is over the limit
   */
  public void unpack(byte[] packed, Limits limits, Limit limit, String subject) throws Malformed {
    long claimed = claimed(packed);
    limits.check(limit, claimed, subject);
    if (claimed > (long) MOST_GROWTH * packed.length) {
      throw new Malformed(
          "a snappy block of %d bytes can't hold %d".formatted(packed.length, claimed));
    }
    length = 0;
    if (bytes.length < claimed) bytes = new byte[(int) claimed];
    try {
      length = snappy.decompress(packed, 0, packed.length, bytes, 0, (int) claimed);
    } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Malformed("the body is no snappy block (" + e.getMessage() + ")");
    }
    if (length != claimed) {
      throw new Malformed(
          "the snappy block claims %d bytes and holds %d".formatted(claimed, length));
    }
  }

  /** The unpacked length that a block claims; negative where it claims none. */
  public static long claimedLength(byte[] packed) {
    try {
      return claimed(packed);
    } catch (Malformed _) {
      return -1;
    }
  }

  private static long claimed(byte[] packed) throws Malformed {
    long claimed = 0;
    for (int i = 0; i < HEADER && i < packed.length; i++) {
      claimed |= (long) (packed[i] & 0x7f) << (7 * i);
      if (packed[i] >= 0) return claimed;
    }
    throw new Malformed("the body is no snappy block (it has no length)");
  }

  /** What was unpacked last lies here, from the beginning; good until the next unpacking. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes were unpacked last. */
  public int length() {
    return length;
  }

  /** Packs bytes into a block. */
  public static byte[] pack(byte[] bytes, int length) {
    var snappy = new SnappyJavaCompressor();
    byte[] out = new byte[snappy.maxCompressedLength(length)];
    return Arrays.copyOf(out, snappy.compress(bytes, 0, length, out, 0, out.length));
  }
}
