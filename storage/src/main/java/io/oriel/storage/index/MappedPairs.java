package io.oriel.storage.index;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.oriel.storage.index.IndexFormat.Section;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/** The pairs, postings and series of a mapped index file, read in place. */
final class MappedPairs implements PairSource {
  private final MemorySegment file;
  private final MemorySegment pairValues;
  private final MemorySegment postingPlaces;
  private final MemorySegment postings;
  private final MemorySegment seriesOffsets;
  private final MemorySegment seriesPairs;
  private final MappedSymbols symbols;
  private final String[] names;
  private final int[] firstPairs; // of each name, then the number of all pairs
  private final int series;

  MappedPairs(MemorySegment file) {
    this.file = file;
    this.pairValues = section(Section.PAIR_VALUES);
    this.postingPlaces = section(Section.POSTING_PLACES);
    this.postings = section(Section.POSTINGS);
    this.seriesOffsets = section(Section.SERIES_OFFSETS);
    this.seriesPairs = section(Section.SERIES_PAIRS);
    this.symbols =
        new MappedSymbols(
            section(Section.SYMBOL_OFFSETS),
            section(Section.SYMBOL_BYTES),
            file.get(IndexFormat.INT_LE, IndexFormat.SYMBOLS_AT));
    this.series = file.get(IndexFormat.INT_LE, IndexFormat.SERIES_AT);
    int count = file.get(IndexFormat.INT_LE, IndexFormat.NAMES_AT);
    int pairs = file.get(IndexFormat.INT_LE, IndexFormat.PAIRS_AT);
    this.names = new String[count];
    this.firstPairs = new int[count + 1];
    MemorySegment rows = section(Section.NAMES);
    for (int i = 0; i <= count; i++) {
      if (i < count) names[i] = symbols.text(rows.get(IndexFormat.INT_LE, 8L * i));
      firstPairs[i] = rows.get(IndexFormat.INT_LE, 8L * i + 4);
      int least = i == 0 ? 0 : firstPairs[i - 1];
      if (firstPairs[i] < least || firstPairs[i] > pairs) {
        throw new IllegalArgumentException("the names of the label index are damaged");
      }
    }
  }

  /** Where a section begins; the number behind the last gives the end of the file. */
  static long place(MemorySegment file, int section) {
    return file.get(IndexFormat.LONG_LE, IndexFormat.SECTIONS_AT + 8L * section);
  }

  private MemorySegment section(Section section) {
    long from = place(file, section.number);
    return file.asSlice(from, place(file, section.number + 1) - from);
  }

  int series() {
    return series;
  }

  /** The label names, in the order of their bytes. */
  List<String> names() {
    return List.of(names);
  }

  /** The names of which a series among these has a pair, sorted. */
  List<String> names(RoaringBitmap among) {
    return IntStream.range(0, names.length)
        .filter(name ->
            IntStream.range(firstPairs[name], firstPairs[name + 1])
                .anyMatch(pair -> touches(pair, among)))
        .mapToObj(name -> names[name])
        .sorted()
        .toList();
  }

  /** How many pairs there are. */
  int count() {
    return firstPairs[names.length];
  }

  String name(int pair) {
    return names[nameOf(pair)];
  }

  /** The numbers of a series' pairs, as varints. */
  byte[] list(int id) {
    if (id < 0 || id >= series) throw new IllegalArgumentException("no series has the id " + id);
    long from = Integer.toUnsignedLong(seriesOffsets.get(IndexFormat.INT_LE, 4L * id));
    long to = Integer.toUnsignedLong(seriesOffsets.get(IndexFormat.INT_LE, 4L * id + 4));
    return seriesPairs.asSlice(from, to - from).toArray(JAVA_BYTE);
  }

  /** The place of the pair's name in {@link #names}. */
  int nameOf(int pair) {
    int at = Arrays.binarySearch(firstPairs, pair);
    return at >= 0 ? at : -at - 2;
  }

  private int nameId(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) return i;
    }
    return -1;
  }

  String value(int pair) {
    return symbols.text(pairValues.get(IndexFormat.INT_LE, 4L * pair));
  }

  @Override
  public RoaringBitmap all() {
    var all = new RoaringBitmap();
    all.add(0L, series);
    return all;
  }

  @Override
  public int pair(String name, String value) {
    int nameId = nameId(name);
    int symbol = nameId < 0 ? -1 : symbols.idOf(value);
    if (symbol < 0) return -1;
    int at = firstPairFrom(nameId, symbol);
    boolean there =
        at < firstPairs[nameId + 1] && pairValues.get(IndexFormat.INT_LE, 4L * at) == symbol;
    return there ? at : -1;
  }

  /** The first pair of a name whose value is not before a symbol. */
  private int firstPairFrom(int nameId, int symbol) {
    int low = firstPairs[nameId];
    int high = firstPairs[nameId + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pairValues.get(IndexFormat.INT_LE, 4L * middle) < symbol) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  @Override
  public int[] pairs(String name, String prefix) {
    int nameId = nameId(name);
    if (nameId < 0) return new int[0];
    if (prefix.isEmpty()) {
      return IntStream.range(firstPairs[nameId], firstPairs[nameId + 1]).toArray();
    }
    int from = firstPairFrom(nameId, symbols.firstWith(prefix));
    return IntStream.range(from, firstPairFrom(nameId, symbols.firstBehind(prefix))).toArray();
  }

  @Override
  public void values(int[] pairs, int from, int count, String[] out) {
    for (int i = 0; i < count; i++) out[i] = value(pairs[from + i]);
  }

  @Override
  public void addSeries(int[] pairs, int from, int count, RoaringBitmap into) {
    for (int i = from; i < from + count; i++) {
      long place = postingPlaces.get(IndexFormat.LONG_LE, 8L * pairs[i]);
      if (place < 0) into.add((int) place); // the top bit says: the series itself
      else into.or(posting(place));
    }
  }

  private RoaringBitmap posting(long place) {
    long most = Math.min(postings.byteSize() - place, Integer.MAX_VALUE);
    ByteBuffer bytes = postings.asSlice(place, most).asByteBuffer();
    var posting = new RoaringBitmap();
    try {
      posting.deserialize(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("a posting of the label index is damaged", e);
    }
    return posting;
  }

  @Override
  public boolean touches(int pair, RoaringBitmap of) {
    long place = postingPlaces.get(IndexFormat.LONG_LE, 8L * pair);
    return place < 0 ? of.contains((int) place) : RoaringBitmap.intersects(posting(place), of);
  }

  @Override
  public int pairOf(int id, String name) {
    int nameId = nameId(name);
    if (nameId < 0) return -1;
    byte[] list = list(id);
    for (int at = 0; at < list.length; ) {
      int pair = Varints.get(list, at);
      at += Varints.length(pair);
      if (pair >= firstPairs[nameId] && pair < firstPairs[nameId + 1]) return pair;
    }
    return -1;
  }
}
