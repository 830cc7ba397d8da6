package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.List;

/** How many processes and threads there are, by state. */
final class Processes implements Part {
  private static final Metric THREADS =
      Metric.gauge("node_processes_threads", "Threads of all processes.");
  private static final Metric MAX_THREADS =
      Metric.gauge("node_processes_max_threads", "How many threads there may be.");
  private static final Metric THREAD_STATES =
      Metric.gauge(
          "node_processes_threads_state", "Threads in each state, looked at every few minutes.");
  private static final Metric STATES =
      Metric.gauge("node_processes_state", "Processes in each state; Z are zombies.");
  private static final Metric PIDS = Metric.gauge("node_processes_pids", "Processes.");
  private static final Metric MAX_PIDS =
      Metric.gauge("node_processes_max_processes", "How many process numbers there are.");

  // reading a thread's state costs as much as a process: only now and then, and not of too many
  private static final int MOST_THREADS = 2000;
  private static final int ROUNDS_BETWEEN = 20;

  private final ProcessWalk walk;
  private final KernelFiles.KeptFile threadsMax;
  private final KernelFiles.KeptFile pidMax;
  private final Labels[] states = new Labels[128];
  private final Labels[] threadStates = new Labels[128];
  private final int[] counts = new int[128];
  private final int[] threadCounts = new int[128];
  private int untilThreads;

  Processes(ProcessWalk walk, KernelFiles files, Roots roots) {
    this.walk = walk;
    this.threadsMax = files.keep(roots.proc("sys/kernel/threads-max"));
    this.pidMax = files.keep(roots.proc("sys/kernel/pid_max"));
    for (char c = 'A'; c <= 'z'; c++) {
      states[c] = Labels.of("state", "" + c);
      threadStates[c] = Labels.of("thread_state", "" + c);
    }
  }

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(THREADS, MAX_THREADS, THREAD_STATES, STATES, PIDS, MAX_PIDS);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    walk.walk();
    ProcessList list = walk.now();
    int threads = 0;
    Arrays.fill(counts, 0);
    for (int i = 0; i < list.size; i++) {
      threads += list.threads[i];
      counts[list.states[i]]++;
    }
    out.tell(PIDS, list.size);
    out.tell(THREADS, threads);
    tell(STATES, states, counts, out);
    tellThreadStates(list, threads, out);
    out.tell(MAX_THREADS, threadsMax.read().firstNumber());
    out.tell(MAX_PIDS, pidMax.read().firstNumber());
  }

  private void tellThreadStates(ProcessList list, int threads, Readings out) {
    if (threads > MOST_THREADS) {
      out.missing(THREAD_STATES, Labels.EMPTY, "more than " + MOST_THREADS + " threads");
      return;
    }
    if (untilThreads-- == 0) {
      untilThreads = ROUNDS_BETWEEN - 1;
      Arrays.fill(threadCounts, 0);
      for (int i = 0; i < list.size; i++) walk.countThreadStates(i, threadCounts);
    }
    tell(THREAD_STATES, threadStates, threadCounts, out);
  }

  private static void tell(Metric metric, Labels[] labels, int[] counts, Readings out) {
    for (int letter = 'A'; letter <= 'z'; letter++) {
      if (counts[letter] > 0) out.tell(metric, labels[letter], counts[letter]);
    }
  }
}
