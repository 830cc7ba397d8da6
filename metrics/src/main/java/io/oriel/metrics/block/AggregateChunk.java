package io.oriel.metrics.block;

import io.oriel.metrics.block.AggregateRows.Column;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.column.Deltas;
import io.oriel.storage.column.DoubleColumn;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A chunk of rows: a directory of lengths, then the columns, so that who wants one passes over the
 * others. A column that says nothing of its own has no bytes: without falls the smallest value is
 * the first and the largest the last, as of a counter or of what stands still.
 *
 * <p>An encoder is reused and not thread-safe; reading is static. Format:
 * docs/formats/metric-block.md.
 */
final class AggregateChunk {
  static final int KIND = 18;
  private static final int OFTEN = 3;
  private static final Set<Column> LIKE_LAST = EnumSet.of(Column.SUM, Column.LARGEST, Column.FIRST);
  private static final Column[] COLUMNS = Column.values();

  private final Deltas wholes = new Deltas();
  private final DoubleColumn doubles = new DoubleColumn();
  private final ColumnWriter columns = new ColumnWriter();
  private final ColumnWriter directory = new ColumnWriter();

  /** Writes all but the times. */
  void encode(AggregateRows rows, int from, int count, ColumnWriter out) {
    columns.clear();
    directory.clear();
    for (Column column : COLUMNS) {
      int before = columns.size;
      if (!isImplied(column, rows, from, count)) encode(column, rows, from, count);
      directory.putVarint(columns.size - before);
    }
    out.putByte(KIND);
    out.putBytes(directory.bytes, 0, directory.size);
    out.putBytes(columns.bytes, 0, columns.size);
  }

  private void encode(Column column, AggregateRows rows, int from, int count) {
    switch (column) {
      case SPAN -> wholes.encode(rows.spans, from, count, columns);
      case COUNT -> wholes.encode(rows.counts, from, count, columns);
      case FALLS -> wholes.encode(rows.falls, from, count, columns);
      case SUM, LEAST, LARGEST, FIRST, LAST, LOST ->
          doubles.encode(values(column, rows), from, count, columns);
    }
  }

  private static boolean isImplied(Column column, AggregateRows rows, int from, int count) {
    return switch (column) {
      case SPAN, COUNT, LAST -> false;
      case SUM, LARGEST, FIRST -> isSame(values(column, rows), rows.lasts.values, from, count);
      case LEAST -> isSame(rows.least, rows.firsts, from, count);
      case FALLS, LOST -> isWithoutFalls(rows, from, count) || isNoCounter(rows, from, count);
    };
  }

  private static double[] values(Column column, AggregateRows rows) {
    return switch (column) {
      case SUM -> rows.sums;
      case LEAST -> rows.least;
      case LARGEST -> rows.largest;
      case FIRST -> rows.firsts;
      case LAST -> rows.lasts.values;
      case LOST -> rows.lost;
      case SPAN, COUNT, FALLS -> throw new IllegalArgumentException(column + " is whole");
    };
  }

  private static boolean isSame(double[] column, double[] other, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (Double.doubleToRawLongBits(column[i]) != Double.doubleToRawLongBits(other[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithoutFalls(AggregateRows rows, int from, int count) {
    for (int i = from; i < from + count; i++) if (rows.falls[i] != 0) return false;
    return true;
  }

  /** What falls at every third sample or more is a gauge: what it lost would be noise. */
  private static boolean isNoCounter(AggregateRows rows, int from, int count) {
    long samples = 0;
    long falls = 0;
    for (int i = from; i < from + count; i++) {
      samples += rows.counts[i];
      falls += rows.falls[i];
    }
    return OFTEN * falls >= samples;
  }

  /**
   * Reads columns of a chunk into rows whose times are there.
   *
   * @param values where the chunk begins
   * @param start the first of the rows
   */
  static void decode(
      ColumnReader values, int count, Set<Column> wanted, AggregateRows into, int start) {
    if (values.readByte() != KIND) throw new DamagedBlock("a chunk of other than aggregates");
    long[] lengths = new long[COLUMNS.length];
    for (int i = 0; i < lengths.length; i++) lengths[i] = values.readVarint();
    Set<Column> needed = needed(wanted, lengths);
    for (Column column : COLUMNS) {
      long length = lengths[column.ordinal()];
      if (length < 0) throw new DamagedBlock("a column of aggregates of " + length + " bytes");
      long end = values.position() + length;
      if (length > 0 && needed.contains(column)) decode(column, values, count, into, start);
      values.skip(end - values.position());
    }
    imply(needed, lengths, count, into, start);
  }

  /** With those that one without bytes equals. */
  private static Set<Column> needed(Set<Column> wanted, long[] lengths) {
    EnumSet<Column> needed = EnumSet.noneOf(Column.class);
    needed.addAll(wanted);
    boolean isFirst = wanted.contains(Column.LEAST) && lengths[Column.LEAST.ordinal()] == 0;
    if (isFirst) needed.add(Column.FIRST);
    for (Column column : LIKE_LAST) {
      if (needed.contains(column) && lengths[column.ordinal()] == 0) needed.add(Column.LAST);
    }
    return needed;
  }

  private static void decode(
      Column column, ColumnReader values, int count, AggregateRows into, int start) {
    switch (column) {
      case SPAN -> Deltas.decode(values, count, into.spans, start);
      case COUNT -> Deltas.decode(values, count, into.counts, start);
      case FALLS -> Deltas.decode(values, count, into.falls, start);
      case SUM, LEAST, LARGEST, FIRST, LAST, LOST ->
          DoubleColumn.decode(values, count, values(column, into), start);
    }
  }

  private static void imply(
      Set<Column> needed, long[] lengths, int count, AggregateRows into, int start) {
    for (Column column : COLUMNS) {
      if (lengths[column.ordinal()] > 0 || !needed.contains(column)) continue;
      switch (column) {
        case SPAN, COUNT, LAST -> throw new DamagedBlock("no column " + column + " of aggregates");
        case FALLS -> Arrays.fill(into.falls, start, start + count, 0);
        case LOST -> Arrays.fill(into.lost, start, start + count, 0);
        case SUM, LARGEST, FIRST ->
            System.arraycopy(into.lasts.values, start, values(column, into), start, count);
        case LEAST -> {} // below: the first may come after it
      }
    }
    if (needed.contains(Column.LEAST) && lengths[Column.LEAST.ordinal()] == 0) {
      System.arraycopy(into.firsts, start, into.least, start, count);
    }
  }
}
