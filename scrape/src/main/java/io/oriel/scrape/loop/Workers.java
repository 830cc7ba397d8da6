package io.oriel.scrape.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether several processes answer in turn behind one address, each with counters of its own,
 * and which of them a page comes from. A Python server with several workers and without {@code
 * PROMETHEUS_MULTIPROC_DIR} is such: taken for one, its counters seem to start anew with every
 * scrape.
 *
 * <p>Each page names the start of the process that made it ({@code process_start_time_seconds}).
 * One that changes is a restart; one that comes back after another was seen is not: two processes
 * answer in turn. From then on each page belongs to a worker with a number.
 */
final class Workers {
  static final String START = "process_start_time_seconds";

  /** A worker that was not seen for so many pages is gone. */
  static final int PATIENCE = 20;

  /** More than so many are not told apart: their pages are not taken. */
  static final int MOST = 64;

  private static final int REMEMBERED = 8; // starts, before anything is split

  /** One of several processes. */
  static final class Worker {
    private final double start;
    private final int number;
    private long lastPage;

    private Worker(double start, int number) {
      this.start = start;
      this.number = number;
    }

    /** From 1; a number is used again when its worker is gone. */
    int number() {
      return number;
    }
  }

  private final List<Double> starts = new ArrayList<>(); // the newest last
  private final List<Worker> workers = new ArrayList<>();
  private boolean several;
  private long page;

  /** Whether pages come from several processes. */
  boolean several() {
    return several;
  }

  /** How many there are at this time. */
  int count() {
    return workers.size();
  }

  /** The start of the process that made a page, as long as one is thought to answer. */
  void saw(double start) {
    if (several || Double.isNaN(start)) return;
    if (!starts.isEmpty() && starts.getLast() == start) return;
    several = starts.contains(start);
    starts.add(start);
    if (starts.size() > REMEMBERED) starts.removeFirst();
  }

  /** The worker of a page, by its start; null where there are too many to tell apart. */
  @Nullable Worker of(double start) {
    page++;
    for (Worker each : workers) {
      if (Double.compare(each.start, start) == 0) {
        each.lastPage = page;
        return each;
      }
    }
    if (workers.size() == MOST) return null;
    var worker = new Worker(start, freeNumber());
    worker.lastPage = page;
    workers.add(worker);
    return worker;
  }

  private int freeNumber() {
    int number = 1;
    while (isTaken(number)) number++;
    return number;
  }

  private boolean isTaken(int number) {
    return workers.stream().anyMatch(each -> each.number == number);
  }

  /** Those that have not answered for long; they are forgotten. */
  List<Worker> gone() {
    List<Worker> gone = workers.stream().filter(each -> page - each.lastPage >= PATIENCE).toList();
    workers.removeAll(gone);
    return gone;
  }
}
