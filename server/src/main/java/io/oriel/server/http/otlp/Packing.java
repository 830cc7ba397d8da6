package io.oriel.server.http.otlp;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** How a message is packed, by the word that heads have for it; unpacked no larger than allowed. */
enum Packing {
  NONE("identity"),
  GZIP("gzip"),
  ZSTD("zstd");

  private static final long MOST_GROWTH_OF_GZIP = 1032; // two bits stand for 258 bytes at best
  private static final int LEAST_GZIP = 18; // head and end
  private static final String SUBJECT = "the pushed request";

  private final String word;

  Packing(String word) {
    this.word = word;
  }

  /** The packing of a word; none where nothing is said; empty where it is not known. */
  static Optional<Packing> of(String said) {
    String plain = said.strip().toLowerCase(Locale.ROOT);
    if (plain.isEmpty()) return Optional.of(NONE);
    return Arrays.stream(values()).filter(each -> each.word.equals(plain)).findAny();
  }

  /**
   * The most bytes that a message has when it is unpacked, as far as it is taken. What it claims of
   * itself is believed, since {@link #unpack} holds it to that.
   */
  long atMost(byte[] packed, Limits limits) {
    return Math.min(limits.of(Limit.WRITE_BODY_BYTES), claimed(packed));
  }

  private long claimed(byte[] packed) {
    return switch (this) {
      case NONE -> packed.length;
      case GZIP -> Math.min(endOfGzip(packed), MOST_GROWTH_OF_GZIP * packed.length);
      case ZSTD -> headOfZstd(packed);
    };
  }

  /** Gzip says behind all how long it was. */
  private static long endOfGzip(byte[] packed) {
    if (packed.length < LEAST_GZIP) return 0;
    ByteBuffer bytes = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.getInt(packed.length - Integer.BYTES) & 0xffff_ffffL;
  }

  /** Zstandard may say in its head how long it is; who streams does not know it there. */
  private static long headOfZstd(byte[] packed) {
    try {
      long said = new ZstdJavaDecompressor().getDecompressedSize(packed, 0, packed.length);
      return said < 0 ? Long.MAX_VALUE : said;
    } catch (RuntimeException _) {
      return 0; // it is none: unpacking tells
    }
  }

  /**
   * The message itself.
   *
   * @throws Refusal.LimitReached when it is larger than pushed requests may be
   * @throws Refusal.BadRequest when it is not packed so, or is larger than it claims
   */
  byte[] unpack(byte[] packed, Limits limits) {
    if (this == NONE) return packed;
    long claimed = claimed(packed);
    if (claimed < Long.MAX_VALUE) limits.check(Limit.WRITE_BODY_BYTES, claimed, SUBJECT);
    try (InputStream in = stream(packed)) {
      return claimed < Long.MAX_VALUE ? exactly((int) claimed, in) : atMost(limits, in);
    } catch (IOException
        | MalformedInputException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      throw new Refusal.BadRequest(
          "the body is not packed by %s (%s)".formatted(word, e.getMessage()),
          "pack it so, in one piece, or say how it is packed");
    }
  }

  /** One copy, where a stream of unknown length needs two. */
  private static byte[] exactly(int length, InputStream in) throws IOException {
    byte[] message = new byte[length];
    int read = in.readNBytes(message, 0, length);
    if (read < length || in.read() >= 0) {
      throw new IOException("it is %s than it says".formatted(read < length ? "less" : "more"));
    }
    return message;
  }

  private static byte[] atMost(Limits limits, InputStream in) throws IOException {
    int most = (int) Math.min(limits.of(Limit.WRITE_BODY_BYTES), Integer.MAX_VALUE - 16);
    byte[] message = in.readNBytes(most + 1);
    limits.check(Limit.WRITE_BODY_BYTES, message.length, SUBJECT);
    return message;
  }

  private InputStream stream(byte[] packed) throws IOException {
    var bytes = new ByteArrayInputStream(packed);
    return this == GZIP ? new GZIPInputStream(bytes) : new ZstdInputStream(bytes);
  }
}
