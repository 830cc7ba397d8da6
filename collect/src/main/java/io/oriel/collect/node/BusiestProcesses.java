package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs that use the most CPU and those that hold the most memory, ten each. Processes of
 * one name and user count as one, so that workers that come and go make no new series. Oriel's own
 * metrics: node_exporter has none of single programs.
 */
final class BusiestProcesses implements Part {
  private static final Metric CPU =
      Metric.gauge(
          "oriel_process_cpu_cores", "CPUs that the program kept busy since the last look.");
  private static final Metric MEMORY =
      Metric.gauge("oriel_process_resident_memory_bytes", "Memory that the program holds.");
  private static final int SHOWN = 10;
  private static final double HZ = 100;
  private static final Comparator<ProcessGroup> BY_CPU = Comparator.comparingLong(g -> g.cpuTicks);
  private static final Comparator<ProcessGroup> BY_MEMORY =
      Comparator.comparingLong(g -> g.residentPages);

  private record Key(String process, int uid) {}

  private final ProcessWalk walk;
  private final UserNames users;
  private final Clock clock;
  private final long pageSize;
  private final Map<Key, ProcessGroup> groups = new HashMap<>();
  private final List<ProcessGroup> all = new ArrayList<>();
  private long lookedBefore;

  /**
   * @param walk which another part has made in the same round
   */
  BusiestProcesses(ProcessWalk walk, KernelFiles files, Roots roots, Clock clock) {
    this.walk = walk;
    this.users = new UserNames(files, roots);
    this.clock = clock;
    this.pageSize = files.libc().pageSize();
  }

  @Override
  public String name() {
    return "oriel_processes";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(CPU, MEMORY);
  }

  @Override
  public void read(Readings out) {
    long now = clock.nanos();
    double seconds = (now - lookedBefore) / 1e9;
    boolean first = lookedBefore == 0;
    lookedBefore = now;
    sumUp();
    choose(BY_CPU);
    choose(BY_MEMORY);
    for (int i = 0; i < all.size(); i++) {
      ProcessGroup group = all.get(i);
      if (!group.chosen) continue;
      if (!first && seconds > 0) out.tell(CPU, group.labels, group.cpuTicks / HZ / seconds);
      out.tell(MEMORY, group.labels, group.residentPages * (double) pageSize);
    }
  }

  /** Both lists rise by number, so one pass joins them: what a process did since is known. */
  private void sumUp() {
    ProcessList now = walk.now();
    ProcessList before = walk.before();
    for (int i = 0; i < all.size(); i++) {
      ProcessGroup group = all.get(i);
      group.cpuTicks = 0;
      group.residentPages = 0;
      group.chosen = false;
    }
    if (groups.size() > 4 * now.size + 64) { // names that came and went
      groups.clear();
      all.clear();
    }
    int j = 0;
    for (int i = 0; i < now.size; i++) {
      while (j < before.size && before.pids[j] < now.pids[i]) j++;
      boolean known =
          j < before.size
              && before.pids[j] == now.pids[i]
              && before.startTicks[j] == now.startTicks[i];
      ProcessGroup group = known && before.names[j].equals(now.names[i]) ? before.groups[j] : null;
      if (group == null || groups.isEmpty()) group = group(now.names[i], now.pids[i]);
      now.groups[i] = group;
      group.cpuTicks += now.cpuTicks[i] - (known ? before.cpuTicks[j] : 0);
      group.residentPages += now.residentPages[i];
    }
  }

  private ProcessGroup group(String name, int pid) {
    int uid = walk.uid(pid);
    return groups.computeIfAbsent(
        new Key(name, uid),
        key -> {
          var made = new ProcessGroup(name, users.of(uid));
          all.add(made);
          return made;
        });
  }

  /** Marks the largest ones; there are some hundred groups and ten places. */
  private void choose(Comparator<ProcessGroup> order) {
    ProcessGroup above = null;
    for (int place = 0; place < SHOWN; place++) {
      ProcessGroup best = null;
      for (int i = 0; i < all.size(); i++) {
        ProcessGroup group = all.get(i);
        if (group.residentPages == 0 && group.cpuTicks == 0) continue;
        if (above != null && !isBelow(group, above, order)) continue;
        if (best == null || isBelow(best, group, order)) best = group;
      }
      if (best == null) return;
      best.chosen = true;
      above = best;
    }
  }

  /** Ties are parted by name, so that each has its place. */
  private static boolean isBelow(
      ProcessGroup one, ProcessGroup other, Comparator<ProcessGroup> order) {
    int by = order.compare(one, other);
    return by != 0 ? by < 0 : one.labels.compareTo(other.labels) < 0;
  }
}
