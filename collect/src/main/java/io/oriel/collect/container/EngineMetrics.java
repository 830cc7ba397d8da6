package io.oriel.collect.container;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the daemon itself, and what it saw happen to all containers together. */
final class EngineMetrics {
  private static final Metric INFO =
      Metric.gauge("oriel_container_engine_info", "The daemon that was asked, in labels.");
  private static final Metric NVIDIA =
      Metric.gauge(
          "oriel_container_engine_nvidia_runtime", "1 when the daemon knows NVIDIA's runtime.");
  private static final Metric EVENTS =
      Metric.counter(
          "oriel_container_engine_events_total",
          "What happened to containers, by action; of those that are gone too.");
  private static final Metric EXITS =
      Metric.counter("oriel_container_exits_total", "How containers ended, by exit code.");
  static final List<Metric> ALL = List.of(INFO, NVIDIA, EVENTS, EXITS);

  private final Map<String, Labels> codes = new HashMap<>();
  private final List<Labels> actions =
      Engine.ACTIONS.stream().map(action -> Labels.of("action", action)).toList();
  private EngineFacts last = EngineFacts.NONE;
  private Labels info = Labels.EMPTY;

  void tell(Asking asking, Readings out) {
    EngineFacts facts = asking.engine().facts();
    if (!facts.equals(last)) {
      last = facts;
      info = info(facts, asking.engine().apiVersion());
    }
    out.tell(INFO, info, 1);
    if (!facts.storageDriver().isEmpty()) out.tell(NVIDIA, facts.hasNvidiaRuntime() ? 1 : 0);
    long[] counts = asking.lifecycle().counts();
    for (int i = 0; i < counts.length; i++) out.tell(EVENTS, actions.get(i), counts[i]);
    asking
        .lifecycle()
        .endings()
        .forEach((code, count) ->
            out.tell(EXITS, codes.computeIfAbsent(code, c -> Labels.of("code", c)), count));
  }

  private static Labels info(EngineFacts facts, String apiVersion) {
    return Labels.builder()
        .set("runtime", facts.runtime())
        .set("version", facts.version())
        .set("api_version", apiVersion)
        .set("storage_driver", facts.storageDriver())
        .set("cgroup_driver", facts.cgroupDriver())
        .set("cgroup_version", facts.cgroupVersion())
        .build();
  }
}
