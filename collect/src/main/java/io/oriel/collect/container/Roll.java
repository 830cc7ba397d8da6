package io.oriel.collect.container;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The containers that are known, by id. What is kept of one lasts as long as it is listed. */
final class Roll implements Containers {
  private final Map<String, Tracked> all = new LinkedHashMap<>();
  private volatile List<Container> shown = List.of();

  /** Takes a whole list: who is new, who changed, who is gone. */
  void take(List<Listed> listed) {
    Set<String> here = new HashSet<>();
    for (Listed each : listed) {
      here.add(each.id());
      Tracked known = all.get(each.id());
      if (known == null) all.put(each.id(), new Tracked(each));
      else known.take(each);
    }
    all.keySet().retainAll(here);
  }

  /**
   * Takes what the kernel accounts for, while no daemon tells: names that are known are kept.
   *
   * @param places each a running container
   */
  void takeSeen(List<CgroupFolders.Place> places) {
    Set<String> here = new HashSet<>();
    for (CgroupFolders.Place place : places) {
      String id = place.name().id();
      here.add(id);
      Tracked one = all.computeIfAbsent(id, Roll::unknown);
      if (one.cgroup == null) Measuring.settle(one, place, 0);
    }
    all.keySet().retainAll(here);
  }

  private static Tracked unknown(String id) {
    return new Tracked(new Listed(id, Container.shortId(id), "", "running", ""));
  }

  Collection<Tracked> all() {
    return all.values();
  }

  @Nullable Tracked tracked(String id) {
    return all.get(id);
  }

  /** Shows other rooms what this round found. */
  void show() {
    shown = all.values().stream().map(Tracked::container).toList();
  }

  @Override
  public List<Container> list() {
    return shown;
  }
}
