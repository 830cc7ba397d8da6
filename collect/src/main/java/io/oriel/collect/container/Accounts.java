package io.oriel.collect.container;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what the runtime lists with what has series: every difference is a series itself. A
 * running container without figures, and a control group of the runtime's own naming that it does
 * not list.
 */
final class Accounts {
  private static final Metric CONTAINERS =
      Metric.gauge("oriel_containers", "How many containers there are, by state and class.");
  private static final Metric DIFFERENCES =
      Metric.gauge(
          "oriel_container_discrepancies",
          "How many containers are listed and have no figures, or have a control group and are not"
              + " listed.");
  private static final Metric DIFFERENCE =
      Metric.gauge(
          "oriel_container_discrepancy_info", "1 a container whose accounts differ, with why.");
  static final List<Metric> ALL = List.of(CONTAINERS, DIFFERENCES, DIFFERENCE);

  private static final Labels NO_FIGURES = Labels.of("kind", "listed_without_figures");
  private static final Labels NOT_LISTED = Labels.of("kind", "running_but_not_listed");
  private static final int WALK_EVERY = 4; // rounds: it looks into every folder there is
  private static final int MOST_TOLD = 100;

  private record Kind(String state, String gpuClass) {}

  private final CgroupFolders folders;
  private final Map<Kind, Labels> kinds = new HashMap<>();
  private Set<String> suspected = Set.of();
  private List<String> unlisted = List.of();
  private long round;

  Accounts(CgroupFolders folders) {
    this.folders = folders;
  }

  /**
   * @param runtime whose control groups must all be listed; empty when there is no list
   */
  void tell(Roll roll, String runtime, Readings out) {
    count(roll, out);
    int without = 0;
    for (Tracked each : roll.all()) {
      if (each.untold.isEmpty()) continue;
      if (without++ >= MOST_TOLD) continue;
      out.tell(DIFFERENCE, each.labels().own("kind", "listed_without_figures"), 1);
      out.missing(Figure.CPU_USAGE.metric, each.labels().base, each.untold);
    }
    out.tell(DIFFERENCES, NO_FIGURES, without);
    if (runtime.isEmpty()) return;
    if (round++ % WALK_EVERY == 0) compare(roll, runtime);
    for (String id : unlisted) {
      out.tell(
          DIFFERENCE,
          Labels.of("container", Container.shortId(id), "kind", "running_but_not_listed"),
          1);
    }
    out.tell(DIFFERENCES, NOT_LISTED, unlisted.size());
  }

  private void count(Roll roll, Readings out) {
    var counts = new TreeMap<String, Integer>();
    for (Tracked each : roll.all()) {
      Inspected told = each.inspected;
      String gpu = told == null ? "" : StateMetrics.gpuClass(told.container());
      counts.merge(each.listed.state() + "/" + gpu, 1, Integer::sum);
    }
    counts.forEach((key, count) -> {
      int slash = key.indexOf('/');
      var kind = new Kind(key.substring(0, slash), key.substring(slash + 1));
      Labels labels =
          kinds.computeIfAbsent(kind, k -> Labels.of("state", k.state(), "class", k.gpuClass()));
      out.tell(CONTAINERS, labels, count);
    });
  }

  /** A container that was started while we looked is no difference: only who is seen twice. */
  private void compare(Roll roll, String runtime) {
    Set<String> now = new HashSet<>();
    var both = new ArrayList<String>();
    for (CgroupFolders.Place place : folders.walk()) {
      String id = place.name().id();
      if (!place.name().runtime().equals(runtime) || roll.tracked(id) != null) continue;
      now.add(id);
      if (suspected.contains(id) && both.size() < MOST_TOLD) both.add(id);
    }
    suspected = now;
    unlisted = both;
  }
}
