package io.oriel.metrics.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.metrics.block.Deletion;
import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.HeadDeletion;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * All that is deleted and may still lie in the store's files. Format:
 * docs/formats/metric-tombstones.md.
 */
public record TombstoneBytes(List<Deletion> ofBlocks, List<HeadDeletion> ofHead) {
  public static final TombstoneBytes NONE = new TombstoneBytes(List.of(), List.of());
  private static final long MAGIC = 0x424d544c524fL; // "ORLTMB", little-endian
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 8;
  private static final int CRC_BYTES = 4;

  /** Makes head and blocks leave out what these say, and nothing that was said before. */
  public void hide(Head head, BlockFolder<MetricBlock> blocks) {
    head.hide(ofHead);
    for (Lease<MetricBlock> lease : blocks.borrow(TimeRange.ALWAYS)) {
      try (lease) {
        lease
            .block()
            .hide(
                ofBlocks.stream()
                    .filter(each -> each.concerns(lease.writtenAfter(), lease.range()))
                    .toList());
      }
    }
  }

  public byte[] write() {
    var out = new ColumnWriter(256);
    out.putLong(MAGIC | (long) VERSION << 48);
    out.putVarint(ofBlocks.size());
    for (Deletion each : ofBlocks) put(each, out);
    out.putVarint(ofHead.size());
    for (HeadDeletion each : ofHead) {
      out.putVarint(each.labels().size());
      for (int i = 0; i < each.labels().size(); i++) {
        put(each.labels().nameAt(i), out);
        put(each.labels().valueAt(i), out);
      }
      out.putSigned(each.startMs());
      out.putSigned(each.endMs());
    }
    out.putInt(crc(out.bytes, out.size));
    return Arrays.copyOf(out.bytes, out.size);
  }

  private static void put(Deletion deletion, ColumnWriter out) {
    out.putVarint(deletion.edition());
    out.putSigned(deletion.range().startMs());
    out.putSigned(deletion.range().endMs());
    out.putVarint(deletion.selections().size());
    for (List<Matcher> matchers : deletion.selections()) {
      out.putVarint(matchers.size());
      for (Matcher matcher : matchers) {
        out.putByte(matcher.op().ordinal());
        put(matcher.name(), out);
        put(matcher.value(), out);
      }
    }
  }

  private static void put(String text, ColumnWriter out) {
    byte[] bytes = text.getBytes(UTF_8);
    out.putVarint(bytes.length);
    out.putBytes(bytes, 0, bytes.length);
  }

  private static int crc(byte[] bytes, int size) {
    var crc = new CRC32C();
    crc.update(bytes, 0, size);
    return (int) crc.getValue();
  }

  /**
   * Reads a whole file.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static TombstoneBytes read(byte[] bytes) {
    int end = bytes.length - CRC_BYTES;
    if (end < HEADER_BYTES) throw new IllegalArgumentException("it is cut short");
    var in = new ColumnReader().at(padded(bytes), 0);
    long first = in.readLong();
    if ((first & 0xffff_ffff_ffffL) != MAGIC) {
      throw new IllegalArgumentException("it does not begin as one");
    }
    if (first >>> 48 != VERSION) {
      throw new IllegalArgumentException("it was written by a newer Oriel");
    }
    if (new ColumnReader().at(padded(bytes), end).readInt() != crc(bytes, end)) {
      throw new IllegalArgumentException("its checksum differs");
    }
    var ofBlocks = new ArrayList<Deletion>();
    for (int left = count(in); left > 0; left--) ofBlocks.add(deletion(in));
    var ofHead = new ArrayList<HeadDeletion>();
    for (int left = count(in); left > 0; left--) {
      Labels labels = labels(in);
      ofHead.add(new HeadDeletion(labels, in.readSigned(), in.readSigned()));
    }
    return new TombstoneBytes(ofBlocks, ofHead);
  }

  private static MemorySegment padded(byte[] bytes) {
    return MemorySegment.ofArray(Arrays.copyOf(bytes, bytes.length + ColumnReader.SLACK));
  }

  private static Deletion deletion(ColumnReader in) {
    long edition = in.readVarint();
    var range = new TimeRange(in.readSigned(), in.readSigned());
    var selections = new ArrayList<List<Matcher>>();
    for (int left = count(in); left > 0; left--) {
      var matchers = new ArrayList<Matcher>();
      for (int more = count(in); more > 0; more--) {
        Matcher.Op op = Matcher.Op.values()[in.readByte()];
        matchers.add(new Matcher(text(in), op, text(in)));
      }
      selections.add(matchers);
    }
    return new Deletion(edition, range, selections);
  }

  private static Labels labels(ColumnReader in) {
    var pairs = new String[2 * count(in)];
    for (int i = 0; i < pairs.length; i++) pairs[i] = text(in);
    return Labels.ofSorted(pairs);
  }

  private static String text(ColumnReader in) {
    byte[] bytes = new byte[count(in)];
    in.readBytes(bytes, 0, bytes.length);
    return new String(bytes, UTF_8);
  }

  /** Of things that take a byte each at least. */
  private static int count(ColumnReader in) {
    long count = in.readVarint();
    if (count >= 0 && count <= in.remaining()) return (int) count;
    throw new IllegalArgumentException("%d things at %d".formatted(count, in.position()));
  }
}
