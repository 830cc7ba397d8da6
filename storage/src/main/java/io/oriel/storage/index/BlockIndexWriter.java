package io.oriel.storage.index;

import io.oriel.model.Labels;
import io.oriel.storage.disk.DiskFile;
import io.oriel.storage.index.IndexFormat.Section;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.roaringbitmap.RoaringBitmap;

/**
 * Turns the labels of a block's series into its index file: gathers them in the head's compact
 * form, sorts symbols and pairs, and writes the sections one after another.
 */
final class BlockIndexWriter {
  private final HeadTables tables = new HeadTables();
  private final int series;
  private final byte[][] texts; // by symbol as gathered
  private final int[] order; // symbols as gathered, in the order of their bytes
  private final int[] rank; // the reverse: symbol as gathered to its place in the file
  private final List<String> names; // in the order of their bytes
  private final int[] pairs; // pairs as gathered, in the file's order
  private final int[] place; // the reverse

  BlockIndexWriter(int series, IntFunction<Labels> labels) {
    this.series = series;
    for (int id = 0; id < series; id++) tables.add(id, labels.apply(id));
    SymbolTable symbols = tables.pairs.symbols();
    this.texts = new byte[symbols.size()][];
    for (int i = 0; i < texts.length; i++) texts[i] = symbols.bytes(i);
    this.order = sorted(texts);
    this.rank = reverse(order);
    this.names =
        tables.pairs.names().stream()
            .sorted((a, b) -> Integer.compare(rankOf(a), rankOf(b)))
            .toList();
    this.pairs = sortedPairs();
    this.place = reverse(pairs);
  }

  private int rankOf(String name) {
    return rank[tables.pairs.symbols().idOf(name)];
  }

  private static int[] sorted(byte[][] texts) {
    Integer[] boxed = new Integer[texts.length];
    Arrays.setAll(boxed, i -> i);
    Arrays.sort(boxed, (a, b) -> Arrays.compareUnsigned(texts[a], texts[b]));
    return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
  }

  private static int[] reverse(int[] order) {
    int[] reverse = new int[order.length];
    for (int i = 0; i < order.length; i++) reverse[order[i]] = i;
    return reverse;
  }

  /** By name, then by value. */
  private int[] sortedPairs() {
    int[] sorted = new int[tables.pairs.size()];
    int n = 0;
    for (String name : names) {
      int[] its = tables.pairs.ofName(name);
      long[] keys = new long[its.length];
      for (int i = 0; i < its.length; i++) {
        keys[i] = ((long) rank[tables.pairs.valueSymbol(its[i])] << 32) | its[i];
      }
      Arrays.sort(keys);
      for (long key : keys) sorted[n++] = (int) key;
    }
    return sorted;
  }

  void write(DiskFile file) throws IOException {
    var out = new IndexOutput(file);
    writeSymbols(out);
    writePairs(out);
    writePostings(out);
    writeSeries(out);
    out.finish(texts.length, names.size(), pairs.length, series);
  }

  private void writeSymbols(IndexOutput out) throws IOException {
    out.begin(Section.SYMBOL_OFFSETS);
    long offset = 0;
    for (int symbol : order) {
      out.putPlace(offset);
      offset += texts[symbol].length;
    }
    out.putPlace(offset);
    out.begin(Section.SYMBOL_BYTES);
    for (int symbol : order) out.put(texts[symbol], texts[symbol].length);
  }

  private void writePairs(IndexOutput out) throws IOException {
    out.begin(Section.NAMES);
    int first = 0;
    for (String name : names) {
      out.putInt(rankOf(name));
      out.putInt(first);
      first += tables.pairs.ofName(name).length;
    }
    out.putInt(-1);
    out.putInt(first);
    out.begin(Section.PAIR_VALUES);
    for (int pair : pairs) out.putInt(rank[tables.pairs.valueSymbol(pair)]);
  }

  private void writePostings(IndexOutput out) throws IOException {
    out.begin(Section.POSTING_PLACES);
    long place = 0;
    for (int pair : pairs) {
      RoaringBitmap posting = posting(pair);
      boolean single = posting.getCardinality() == 1;
      out.putLong(single ? IndexFormat.SINGLE | posting.first() : place);
      if (!single) place += posting.serializedSizeInBytes();
    }
    out.begin(Section.POSTINGS);
    for (int pair : pairs) {
      RoaringBitmap posting = posting(pair);
      if (posting.getCardinality() > 1) out.put(posting);
    }
  }

  private RoaringBitmap posting(int pair) {
    var posting = new RoaringBitmap();
    tables.postings.addTo(pair, posting);
    posting.runOptimize();
    return posting;
  }

  private void writeSeries(IndexOutput out) throws IOException {
    out.begin(Section.SERIES_OFFSETS);
    byte[] list = new byte[64];
    long offset = 0;
    for (int id = 0; id < series; id++) {
      out.putPlace(offset);
      for (int pair : tables.series.pairsOf(id)) offset += Varints.length(place[pair]);
    }
    out.putPlace(offset);
    out.begin(Section.SERIES_PAIRS);
    for (int id = 0; id < series; id++) {
      int[] its = tables.series.pairsOf(id);
      if (list.length < Varints.MAX_BYTES * its.length) list = new byte[10 * its.length];
      int n = 0;
      for (int pair : its) n = Varints.put(list, n, place[pair]);
      out.put(list, n);
    }
  }
}
