package io.oriel.wire.tsdb;

import io.oriel.model.Labels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The {@code index} of a block: its symbols, and series by series the labels and where the chunks
 * are. Series lie one behind the other, each at a multiple of 16 bytes, in the order of their
 * labels; the number of such a place is the series' reference.
 */
final class IndexFile {
  private static final int MAGIC = 0xbaaad700;
  private static final int VERSION = 2;
  private static final int TABLE_BYTES = 6 * 8 + MappedBytes.SUM_BYTES;
  private static final int ALIGNED = 16;

  private final MappedBytes file;
  private final long seriesStart;
  private final long seriesEnd;
  private final String[] symbols;

  /** Where a chunk is, and the times of its first and last sample. */
  record Chunk(long reference, long firstMs, long lastMs) {}

  /** Hears one series after the other. */
  @FunctionalInterface
  interface Visitor {
    void series(long reference, Labels labels, List<Chunk> chunks) throws IOException;
  }

  IndexFile(MappedBytes file) throws DamagedFile {
    this.file = file;
    if (file.i32(0) != MAGIC) throw file.damaged(0, "this is no index of a Prometheus block");
    if (file.u8(4) != VERSION) {
      throw file.damaged(
          4,
          "version %d of the index is not known; Prometheus 2.0 and later write 2"
              .formatted(file.u8(4)));
    }
    long table = file.size() - TABLE_BYTES;
    file.checkSum(table, TABLE_BYTES - MappedBytes.SUM_BYTES, "the table of contents");
    this.symbols = symbols(file.i64(table));
    this.seriesStart = file.i64(table + 8);
    this.seriesEnd = file.i64(table + 16); // the label indices follow
    if (seriesStart > seriesEnd || seriesEnd > table) {
      throw file.damaged(table, "the table of contents names places that are not there");
    }
  }

  private String[] symbols(long at) throws DamagedFile {
    long length = file.u32(at);
    file.checkSum(at + 4, length, "the table of symbols");
    long count = file.u32(at + 4);
    if (count > length) throw file.damaged(at, count + " symbols can't be in there");
    var walk = new ByteWalk(file, at + 8, at + 4 + length);
    var texts = new String[(int) count];
    for (int i = 0; i < texts.length; i++) texts[i] = walk.text();
    return texts;
  }

  /** Tells all series in the order of {@link Labels}. */
  void eachSeries(Visitor visitor) throws IOException {
    if (!isOrderedByBytesAlone()) {
      eachAsStored(visitor);
      return;
    }
    var all = new ArrayList<Series>();
    eachAsStored((reference, labels, its) -> all.add(new Series(reference, labels, its)));
    all.sort(Comparator.comparing(Series::labels));
    for (Series each : all) visitor.series(each.reference(), each.labels(), each.chunks());
  }

  private record Series(long reference, Labels labels, List<Chunk> chunks) {}

  /** Prometheus sorts by bytes: characters beyond the first 65,536 come later there than here. */
  private boolean isOrderedByBytesAlone() {
    for (String symbol : symbols) {
      if (symbol.chars().anyMatch(c -> Character.isSurrogate((char) c))) return true;
    }
    return false;
  }

  private void eachAsStored(Visitor visitor) throws IOException {
    long at = aligned(seriesStart);
    while (at < seriesEnd) {
      var length = new ByteWalk(file, at, seriesEnd);
      long bytes = length.unsigned();
      long body = length.at();
      if (bytes == 0) return; // only padding follows
      if (bytes > seriesEnd - body) throw file.damaged(at, "a series is cut");
      file.checkSum(body, bytes, "a series");
      series(at / ALIGNED, new ByteWalk(file, body, body + bytes), visitor);
      at = aligned(body + bytes + MappedBytes.SUM_BYTES);
    }
  }

  private static long aligned(long at) {
    return (at + ALIGNED - 1) / ALIGNED * ALIGNED;
  }

  private void series(long reference, ByteWalk walk, Visitor visitor) throws IOException {
    Labels.Builder labels = Labels.builder();
    for (int left = walk.count(); left > 0; left--) {
      labels.set(symbol(walk), symbol(walk));
    }
    int count = walk.count();
    var chunks = new ArrayList<Chunk>(count);
    long lastMs = 0;
    long place = 0;
    for (int i = 0; i < count; i++) {
      long firstMs = i == 0 ? walk.signed() : lastMs + walk.unsigned();
      lastMs = firstMs + walk.unsigned();
      place = i == 0 ? walk.unsigned() : place + walk.signed();
      chunks.add(new Chunk(place, firstMs, lastMs));
    }
    visitor.series(reference, labels.build(), chunks);
  }

  private String symbol(ByteWalk walk) throws DamagedFile {
    long number = walk.unsigned();
    if (number < 0 || number >= symbols.length) {
      throw file.damaged(walk.at(), "there is no symbol " + number);
    }
    return symbols[(int) number];
  }
}
