package io.oriel.engines.prometheus;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Samples on their way out, as they wait in a queue. Format: docs/formats/outgoing-samples.md */
final class QueueRecord {
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 5;
  private static final Limits ROOMY = Limits.NORMAL.with(Limit.WRITE_BODY_BYTES, 64 << 20);

  private QueueRecord() {}

  static ByteBuffer of(FieldWriter message, int samples) {
    byte[] packed = message.packed();
    return ByteBuffer.allocate(HEADER_BYTES + packed.length)
        .order(LITTLE_ENDIAN)
        .put((byte) VERSION)
        .putInt(samples)
        .put(packed)
        .flip();
  }

  /** How many samples a record holds; 0 where it is none of ours. */
  static int samples(ByteBuffer record) {
    boolean isOurs = record.remaining() >= HEADER_BYTES && record.get(record.position()) == VERSION;
    return isOurs ? record.duplicate().order(LITTLE_ENDIAN).getInt(record.position() + 1) : 0;
  }

  /** The message that a record holds. */
  static byte[] message(byte[] record) throws Malformed {
    if (record.length < HEADER_BYTES || record[0] != VERSION) {
      throw new Malformed(
          "a queued record has the version " + (record.length == 0 ? -1 : record[0]));
    }
    var block = new SnappyBlock();
    byte[] packed = Arrays.copyOfRange(record, HEADER_BYTES, record.length);
    block.unpack(packed, ROOMY, Limit.WRITE_BODY_BYTES, "a queued record");
    return Arrays.copyOf(block.bytes(), block.length());
  }
}
