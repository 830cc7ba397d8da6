package io.oriel.collect.discover;

import io.oriel.model.Clock;
import io.oriel.model.limit.Limits;
import io.oriel.wire.dns.NameServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lists that are followed, and what each of them names. One thread looks, any may ask. */
final class SystemLists {
  private static final Duration PATIENCE = Duration.ofSeconds(1); // for all names of one look

  /** Looks at one list; what takes longer than the patience comes at the next look. */
  private interface Finder {
    Listed find(Duration patience);
  }

  private final Clock clock;
  private final Map<SystemList, Finder> finders = new LinkedHashMap<>();
  private final List<DnsSystems> names = new ArrayList<>();
  private volatile Map<SystemList, Listed> known = Map.of();

  SystemLists(List<SystemList> lists, NameServers servers, Limits limits, Clock clock) {
    this.clock = clock;
    var files = new FileSystems(limits);
    for (SystemList each : lists) {
      switch (each) {
        case SystemList.InFiles inFiles -> finders.put(each, _ -> files.find(inFiles));
        case SystemList.InDns inDns -> {
          var name = new DnsSystems(inDns, servers, clock);
          names.add(name);
          finders.put(each, name::find);
        }
      }
    }
  }

  Set<SystemList> lists() {
    return finders.keySet();
  }

  /** What each list named at the last look, in the order of the configuration. */
  Map<SystemList, Listed> known() {
    return known;
  }

  /** Looks at all of them. */
  List<FoundSystem> find() {
    names.forEach(DnsSystems::begin);
    long until = clock.nanos() + PATIENCE.toNanos();
    var found = new LinkedHashMap<SystemList, Listed>();
    finders.forEach(
        (list, finder) -> found.put(list, finder.find(Duration.ofNanos(until - clock.nanos()))));
    known = found;
    var systems = new ArrayList<FoundSystem>();
    found.values().forEach(each -> systems.addAll(each.systems()));
    return systems;
  }
}
