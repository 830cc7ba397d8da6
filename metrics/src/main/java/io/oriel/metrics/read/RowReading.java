package io.oriel.metrics.read;

import io.oriel.metrics.block.AggregateRows;
import io.oriel.metrics.block.AggregateRows.Column;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectHints.Reading;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a query is given of rows of aggregates, by what it does with samples. */
final class RowReading {
  private static final long POINTS_A_WINDOW = 4;
  private static final long MOST_POINTS = 720; // of a row

  private static final Map<Reading, Set<Column>> COLUMNS =
      new EnumMap<>(
          Map.of(
              Reading.NEWEST, EnumSet.of(Column.COUNT, Column.LAST),
              Reading.LAST, EnumSet.of(Column.COUNT, Column.LAST),
              Reading.OTHER, EnumSet.of(Column.COUNT, Column.LAST),
              Reading.COUNT, EnumSet.of(Column.COUNT),
              Reading.SUM, EnumSet.of(Column.COUNT, Column.SUM),
              Reading.MEAN, EnumSet.of(Column.COUNT, Column.SUM),
              Reading.LEAST, EnumSet.of(Column.COUNT, Column.LEAST),
              Reading.LARGEST, EnumSet.of(Column.COUNT, Column.LARGEST),
              Reading.DIFFERENCE, EnumSet.of(Column.COUNT, Column.SPAN, Column.FIRST, Column.LAST),
              Reading.GROWTH,
                  EnumSet.of(
                      Column.COUNT,
                      Column.SPAN,
                      Column.FIRST,
                      Column.LAST,
                      Column.FALLS,
                      Column.LOST)));

  private final AggregateRows rows;
  private final SampleColumns into;
  private final long fromMs;
  private final long windowMs;
  private final boolean isSpread;

  private RowReading(
      AggregateRows rows, SampleColumns into, long fromMs, SelectHints hints, long resolutionMs) {
    this.rows = rows;
    this.into = into;
    this.fromMs = fromMs;
    this.windowMs = hints.windowMs();
    this.isSpread = windowMs > 0 && windowMs < resolutionMs;
  }

  /** The columns that a reading needs. */
  static Set<Column> columns(Reading reading) {
    return COLUMNS.getOrDefault(reading, Set.of());
  }

  /**
   * Appends what rows say.
   *
   * @param fromMs what lies before is left out
   */
  static void append(
      AggregateRows rows, SelectHints hints, long resolutionMs, long fromMs, SampleColumns into) {
    var reading = new RowReading(rows, into, fromMs, hints, resolutionMs);
    boolean holds = hints.reading() == Reading.NEWEST && !TimePlan.isAligned(hints, resolutionMs);
    for (int row = 0; row < rows.size(); row++) {
      reading.append(row, hints.reading());
      if (holds) reading.hold(row, hints.windowMs(), resolutionMs);
    }
  }

  private void append(int row, Reading reading) {
    long count = rows.counts[row];
    long time = rows.lasts.times[row];
    if (count == 0 && reading != Reading.NEWEST) return; // a marker: nobody else wants to see it
    switch (reading) {
      case NEWEST -> add(time, rows.lasts.values[row]);
      case LAST, OTHER -> add(time, rows.lasts.values[row]);
      case COUNT -> into.add(time, 0, count);
      case SUM -> add(time, rows.sums[row]);
      case MEAN -> into.add(time, rows.sums[row], count);
      case LEAST -> add(time, rows.least[row]);
      case LARGEST -> add(time, rows.largest[row]);
      case DIFFERENCE -> {
        if (isSpread) spread(row, 0);
        else ends(row, false);
      }
      case GROWTH -> {
        if (isSpread) spread(row, rows.lost[row]);
        else ends(row, true);
      }
    }
  }

  private void add(long timeMs, double value) {
    if (timeMs >= fromMs) into.add(timeMs, value);
  }

  /** To a window shorter than a row it has grown evenly. */
  private void spread(int row, double lost) {
    long time = rows.lasts.times[row];
    long span = rows.spans[row];
    double first = rows.firsts[row];
    double grown = rows.lasts.values[row] - first + lost;
    long points = Math.min(Math.min(MOST_POINTS, span), POINTS_A_WINDOW * span / windowMs);
    for (long point = 0; point < points; point++) {
      into.add(time - span + span * point / points, first + grown * point / points, 1);
    }
    into.add(time, first + grown, 1);
  }

  /** First and last sample, and between them, of a counter, what it had reached before it fell. */
  private void ends(int row, boolean counter) {
    long count = rows.counts[row];
    long time = rows.lasts.times[row];
    double last = rows.lasts.values[row];
    if (count > 1) {
      double first = rows.firsts[row];
      into.add(time - rows.spans[row], first, 1);
      if (counter && rows.falls[row] > 0) falls(row, first, last);
    }
    into.add(time, last, count > 1 ? count - 1 : 1);
  }

  /**
   * All that a counter lost, at its first fall; further ones from 0 to -1, which lose nothing. So
   * growth and number of falls are as of the samples, whatever the window, as long as it has all of
   * the row.
   */
  private void falls(int row, double first, double last) {
    double lost = rows.lost[row];
    long falls = rows.falls[row];
    boolean isSeenAnyway = falls == 1 && last < first && lost == first;
    if (isSeenAnyway || lost < first) return; // else it is no counter, which is below zero
    long time = rows.lasts.times[row] - rows.spans[row];
    long pairs = Math.min(falls, (rows.spans[row] - 1) / 2);
    for (long pair = 1; pair <= pairs; pair++) {
      into.add(++time, pair == 1 ? lost : 0, 0);
      into.add(++time, pairs == 1 ? 0 : -1, 0);
    }
  }

  /**
   * Repeats a value until the next row, so that a query that looks less far back than a row is long
   * finds it; not across a hole, and not where samples were further apart than it looks.
   */
  private void hold(int row, long lookbackMs, long resolutionMs) {
    int next = row + 1;
    if (next == rows.size() || rows.counts[row] == 0 || lookbackMs <= 0) return;
    long time = rows.lasts.times[row];
    long end = rows.lasts.times[next];
    long count = Math.max(rows.counts[row], rows.counts[next]);
    boolean isHole = end - time > 2 * resolutionMs || count * lookbackMs < resolutionMs;
    if (isHole) return;
    for (long at = time + lookbackMs; at < end; at += lookbackMs) add(at, rows.lasts.values[row]);
  }
}
