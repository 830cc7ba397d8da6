package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Windows;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Reads selected series and walks over them, a block of series at a time: several blocks at once on
 * the pool when there are many, handed on in order by the caller's thread.
 */
final class SeriesReader {
  /** From the samples of one series to its column. */
  interface Walk {
    void walk(Labels labels, Windows windows, SampleColumns samples, Column out);
  }

  private static final int BLOCK = 32; // series
  private static final int FEW = 2 * BLOCK; // not worth handing over to other threads
  private static final long MOST_AHEAD = 4_000_000; // values that are ready before their turn

  private final SelectedSeries selected;
  private final Windows.Frame frame;
  private final boolean keepMarkers;
  private final boolean keepStarts;
  private final Walk walk;
  private final Budget budget;
  private volatile boolean stopped;

  /**
   * A reader of one selection.
   *
   * @param keepMarkers whether the walk wants to see stale markers; range functions do not
   * @param keepStarts whether it may know when counters began
   */
  SeriesReader(
      SelectedSeries selected,
      Windows.Frame frame,
      boolean keepMarkers,
      boolean keepStarts,
      Walk walk,
      Budget budget) {
    this.selected = selected;
    this.frame = frame;
    this.keepMarkers = keepMarkers;
    this.keepStarts = keepStarts;
    this.walk = walk;
    this.budget = budget;
  }

  void read(ReaderPool pool, SeriesSink out) {
    budget.selected(selected.count());
    int ahead = pool.threads() + 1;
    long block = MOST_AHEAD / ((long) ahead * Math.max(1, frame.steps().count()));
    if (selected.count() <= FEW || block == 0) readHere(out);
    else readOn(pool, ahead, (int) Math.min(block, BLOCK), out);
  }

  private void readHere(SeriesSink out) {
    var buffers = new Buffers(1);
    for (int i = 0; i < selected.count(); i++) {
      readOne(i, buffers, 0);
      buffers.handOn(0, out);
    }
  }

  private void readOn(ReaderPool pool, int ahead, int size, SeriesSink out) {
    int blocks = (selected.count() + size - 1) / size;
    long held = (long) ahead * size * frame.steps().count();
    budget.hold(held);
    var due = new ArrayDeque<Future<Buffers>>();
    var free = new ArrayDeque<Buffers>();
    try {
      int next = 0;
      for (int block = 0; block < blocks; block++) {
        while (next < blocks && due.size() < ahead) {
          Buffers buffers = free.isEmpty() ? new Buffers(size) : free.pop();
          int first = next++ * size;
          due.add(pool.submit(() -> readBlock(first, buffers)));
        }
        Buffers done = await(due.remove());
        int first = block * size;
        for (int i = first; i < Math.min(first + size, selected.count()); i++) {
          done.handOn(i - first, out);
        }
        free.push(done);
      }
    } finally {
      settle(due); // the selection may only be closed when nobody reads it any more
      budget.release(held);
    }
  }

  private static Buffers await(Future<Buffers> block) {
    try {
      return block.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new IllegalStateException("reading series failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new io.oriel.model.limit.Refusal.Cancelled(
          "query was canceled in expression evaluation");
    }
  }

  /** Waits until no thread reads any more, whatever happens meanwhile. */
  private void settle(ArrayDeque<Future<Buffers>> due) {
    stopped = true;
    boolean interrupted = Thread.interrupted();
    while (!due.isEmpty()) {
      try {
        due.element().get();
        due.remove();
      } catch (ExecutionException e) {
        due.remove(); // the first failure is the one that is told
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private Buffers readBlock(int first, Buffers buffers) {
    int end = Math.min(first + buffers.columns.length, selected.count());
    for (int i = first; i < end && !stopped; i++) readOne(i, buffers, i - first);
    return buffers;
  }

  private void readOne(int series, Buffers buffers, int slot) {
    budget.check();
    SampleColumns samples = buffers.samples;
    samples.clear();
    selected.read(series, samples);
    budget.passed(samples.size);
    if (!keepMarkers) dropMarkers(samples);
    if (!keepStarts) samples.starts = null;
    Column column = buffers.columns[slot];
    column.clear();
    if (samples.size == 0) return;
    Labels labels = selected.labels(series);
    buffers.labels[slot] = labels;
    buffers.windows.over(labels, samples);
    walk.walk(labels, buffers.windows, samples, column);
    StepCount perStep = budget.perStep();
    if (perStep == null) return;
    if (keepMarkers) perStep.ofInstants(frame, column);
    else perStep.ofWindows(frame, buffers.windows, samples);
  }

  static void dropMarkers(SampleColumns samples) {
    int kept = 0;
    for (int i = 0; i < samples.size; i++) {
      if (Stale.isMarker(samples.values[i])) continue;
      samples.move(i, kept++);
    }
    samples.size = kept;
  }

  /** What one thread fills: the samples of a series, and the columns of a block. */
  private final class Buffers {
    private final SampleColumns samples = new SampleColumns();
    private final Windows windows = new Windows(frame);
    private final Column[] columns;
    private final Labels[] labels; // of those columns that are not empty

    Buffers(int count) {
      columns = new Column[count];
      labels = new Labels[count];
      for (int i = 0; i < count; i++) columns[i] = new Column(frame.steps().count());
    }

    void handOn(int slot, SeriesSink out) {
      if (!columns[slot].isEmpty()) out.take(labels[slot], false, columns[slot]);
    }
  }
}
