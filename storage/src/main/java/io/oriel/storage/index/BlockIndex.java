package io.oriel.storage.index;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.storage.disk.DiskFile;
import io.oriel.storage.index.IndexFormat.Section;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The label index of a block, read from a mapped file: only the label names are kept in memory.
 * Series are numbered from 0 without gaps.
 */
public final class BlockIndex implements LabelIndex {
  private static final int PAIRS_A_SERIES = 8; // about

  private final MemorySegment file;
  private final MappedPairs pairs;

  /**
   * Writes the index of a block.
   *
   * @param series how many series the block has
   * @param labels of each, by its number; asked once each, in order
   */
  public static void write(DiskFile file, int series, IntFunction<Labels> labels)
      throws IOException {
    new BlockIndexWriter(series, labels).write(file);
  }

  /**
   * An index over a file's bytes; it lives as long as their memory.
   *
   * @throws IllegalArgumentException when the file is no label index, or its header is damaged
   */
  public static BlockIndex open(MemorySegment file) {
    checkHeader(file);
    return new BlockIndex(file, new MappedPairs(file));
  }

  private BlockIndex(MemorySegment file, MappedPairs pairs) {
    this.file = file;
    this.pairs = pairs;
  }

  private static void checkHeader(MemorySegment file) {
    if (file.byteSize() < IndexFormat.HEADER_BYTES
        || (file.get(IndexFormat.LONG_LE, 0) & 0xffff_ffff_ffffL) != IndexFormat.MAGIC) {
      throw new IllegalArgumentException("this is no label index");
    }
    long version = file.get(IndexFormat.LONG_LE, 0) >>> 48;
    if (version > IndexFormat.VERSION) {
      throw new IllegalArgumentException("a newer Oriel wrote the label index: format " + version);
    }
    boolean whole =
        crc(file.asSlice(0, IndexFormat.HEADER_CRC_AT))
                == file.get(IndexFormat.INT_LE, IndexFormat.HEADER_CRC_AT)
            && MappedPairs.place(file, Section.COUNT) == file.byteSize();
    if (!whole) throw new IllegalArgumentException("the header of the label index is damaged");
  }

  private static int crc(MemorySegment bytes) {
    var crc = new CRC32C();
    final long step = 1 << 30; // a buffer holds less than 2 GiB
    for (long at = 0; at < bytes.byteSize(); at += step) {
      crc.update(bytes.asSlice(at, Math.min(step, bytes.byteSize() - at)).asByteBuffer());
    }
    return (int) crc.getValue();
  }

  /** Whether every byte is as it was written. Reads the whole file. */
  public boolean isWhole() {
    return crc(file.asSlice(IndexFormat.HEADER_BYTES))
        == file.get(IndexFormat.INT_LE, IndexFormat.BODY_CRC_AT);
  }

  @Override
  public int size() {
    return pairs.series();
  }

  @Override
  public RoaringBitmap matching(List<Matcher> matchers) {
    return new Matching(pairs).of(matchers);
  }

  @Override
  public Labels labels(int id) {
    return labels(id, pairs::value);
  }

  @Override
  public Labels[] labels(RoaringBitmap of) {
    var labels = new Labels[of.getCardinality()];
    var texts = new PairTexts(labels.length, pairs.count(), pairs::value);
    IntFunction<String> value = texts::of;
    int n = 0;
    for (PeekableIntIterator ids = of.getIntIterator(); ids.hasNext(); ) {
      labels[n++] = labels(ids.next(), value);
    }
    return labels;
  }

  private Labels labels(int id, IntFunction<String> value) {
    byte[] list = pairs.list(id);
    int count = 0;
    for (int at = 0; at < list.length; at++) {
      if (list[at] >= 0) count++; // the last byte of a number
    }
    var text = new String[2 * count];
    for (int at = 0, i = 0; at < list.length; i += 2) {
      int pair = Varints.get(list, at);
      at += Varints.length(pair);
      text[i] = pairs.name(pair);
      text[i + 1] = value.apply(pair);
    }
    return Labels.ofSorted(text);
  }

  @Override
  public List<String> labelNames() {
    return pairs.names().stream().sorted().toList();
  }

  @Override
  public List<String> labelNames(RoaringBitmap of) {
    boolean few = (long) of.getCardinality() * PAIRS_A_SERIES < pairs.count();
    return few ? namesOfEach(of) : pairs.names(of);
  }

  /** By looking at each series. */
  private List<String> namesOfEach(RoaringBitmap of) {
    int names = pairs.names().size();
    var seen = new BitSet(names);
    for (int id : of) {
      byte[] list = pairs.list(id);
      for (int at = 0; at < list.length; ) {
        int pair = Varints.get(list, at);
        at += Varints.length(pair);
        seen.set(pairs.nameOf(pair));
      }
      if (seen.cardinality() == names) break;
    }
    return seen.stream().mapToObj(pairs.names()::get).sorted().toList();
  }

  @Override
  public List<String> labelValues(String name) {
    return new Matching(pairs).texts(pairs.pairs(name, ""));
  }

  @Override
  public List<String> labelValues(String name, RoaringBitmap of) {
    return new Matching(pairs).labelValues(name, of);
  }
}
