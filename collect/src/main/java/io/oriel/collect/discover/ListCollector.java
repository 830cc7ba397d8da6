package io.oriel.collect.discover;

import io.oriel.collect.Collector;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells how it stands with the lists of systems that the configuration names. */
final class ListCollector implements Collector {
  private static final Metric SYSTEMS =
      Metric.gauge("oriel_discovery_systems", "Systems that a list names, by list.");
  private static final Metric READ =
      Metric.gauge(
          "oriel_discovery_read", "1 where a list could be read, 0 where its last content counts.");

  private final SystemLists lists;
  private final Map<SystemList, Labels> labels = new HashMap<>();

  ListCollector(SystemLists lists) {
    this.lists = lists;
    for (SystemList each : lists.lists()) {
      labels.put(
          each,
          Labels.of("by", each.by(), "kind", each.entry().kind().word(), "list", each.name()));
    }
  }

  @Override
  public String name() {
    return "discovery";
  }

  @Override
  public String where() {
    return String.join(", ", lists.lists().stream().map(SystemList::name).distinct().toList());
  }

  @Override
  public String foundBy() {
    return "oriel.yaml, collectors.systems";
  }

  @Override
  public boolean callsDrivers() {
    return false;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(SYSTEMS, READ);
  }

  @Override
  public void collect(Readings out) {
    lists
        .known()
        .forEach((list, listed) -> {
          Labels of = labels.getOrDefault(list, Labels.EMPTY);
          out.tell(SYSTEMS, of, listed.systems().size());
          out.tell(READ, of, listed.fault().isEmpty() ? 1 : 0);
          if (!listed.fault().isEmpty()) out.failed(list.name(), listed.fault());
        });
  }
}
