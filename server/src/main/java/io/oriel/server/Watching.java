package io.oriel.server;

import io.oriel.collect.Collecting;
import io.oriel.model.backend.TargetStatus;
import io.oriel.server.http.Targets;
import java.util.ArrayList;
import java.util.List;

/** What is watched: the collectors of this machine and the scrape targets, in one list. */
final class Watching implements Targets {
  private volatile List<Collecting> collecting = List.of();

  /** From now on these collectors run. */
  void collecting(Collecting running) {
    collecting = List.of(running);
  }

  /** Names of the collectors that run. */
  List<String> collectors() {
    return collecting.stream()
        .flatMap(running -> running.statuses().stream())
        .map(TargetStatus::name)
        .toList();
  }

  @Override
  public List<TargetStatus> all() {
    var all = new ArrayList<TargetStatus>();
    collecting.forEach(running -> all.addAll(running.statuses()));
    return all;
  }

  @Override
  public List<Dropped> dropped() {
    return List.of();
  }
}
