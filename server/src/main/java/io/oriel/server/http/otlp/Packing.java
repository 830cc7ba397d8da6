package io.oriel.server.http.otlp;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

  /** The most bytes that a message of a size has when it is unpacked, as far as it is taken. */
  long atMost(int packedBytes, Limits limits) {
    long allowed = limits.of(Limit.WRITE_BODY_BYTES);
    return switch (this) {
      case NONE -> packedBytes;
      case GZIP -> Math.min(allowed, MOST_GROWTH_OF_GZIP * packedBytes);
      case ZSTD -> allowed;
    };
  }

  /**
   * The message itself.
   *
   * @throws Refusal.LimitReached when it is larger than pushed requests may be
   */
  byte[] unpack(byte[] packed, Limits limits) {
    if (this == NONE) return packed;
    int most = (int) Math.min(limits.of(Limit.WRITE_BODY_BYTES), Integer.MAX_VALUE - 16);
    try (InputStream in = stream(packed)) {
      byte[] message = in.readNBytes(most + 1);
      limits.check(Limit.WRITE_BODY_BYTES, message.length, "the pushed request");
      return message;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Refusal.BadRequest(
          "the body is not packed by %s (%s)".formatted(word, e.getMessage()),
          "pack it so, or say how it is packed");
    }
  }

  private InputStream stream(byte[] packed) throws IOException {
    var bytes = new ByteArrayInputStream(packed);
    return this == GZIP ? new GZIPInputStream(bytes) : new ZstdInputStream(bytes);
  }
}
