package io.oriel.scrape.loop;

import java.nio.charset.StandardCharsets;
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

  private static final byte[] START_BYTES = START.getBytes(StandardCharsets.UTF_8);
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

  /** The start that a page names, looked for without reading the page; NaN where it names none. */
  static double startIn(byte[] bytes, int length) {
    int last = length - START_BYTES.length - 1;
    for (int at = 0; at <= last; at = nextLine(bytes, at, length)) {
      if (!begins(bytes, at)) continue;
      int from = at + START_BYTES.length;
      if (bytes[from] == '{') {
        while (from < length && bytes[from] != '}' && bytes[from] != '\n') from++;
        from++;
      }
      return number(bytes, from, length);
    }
    return Double.NaN;
  }

  private static int nextLine(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != '\n') at++;
    return at + 1;
  }

  private static boolean begins(byte[] bytes, int at) {
    for (int i = 0; i < START_BYTES.length; i++) {
      if (bytes[at + i] != START_BYTES[i]) return false;
    }
    byte next = bytes[at + START_BYTES.length];
    return next == ' ' || next == '\t' || next == '{';
  }

  private static double number(byte[] bytes, int from, int length) {
    int start = from;
    while (start < length && (bytes[start] == ' ' || bytes[start] == '\t')) start++;
    int end = start;
    while (end < length && bytes[end] > ' ') end++;
    try {
      return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      return Double.NaN; // the parser will say so
    }
  }
}
