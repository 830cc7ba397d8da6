package io.oriel.collect.huggingface;

import io.oriel.collect.Collector;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSource;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks into the caches of Hugging Face, each few minutes; a repository whose files have not
 * changed is not read again.
 */
public final class HubCollector implements Collector, ModelSource {
  private static final Duration EACH = Duration.ofMinutes(5);
  private static final int MOST_HUBS = 20;

  private static final Metric REPOSITORIES =
      Metric.gauge(
          "oriel_model_cache_repositories", "Models in a local cache of Hugging Face, by folder.");
  private static final Metric BYTES =
      Metric.gauge("oriel_model_cache_bytes", "What they take on the disk.");

  private final Hubs hubs;
  private final Clock clock;
  private Map<Path, Hub> known = new LinkedHashMap<>();
  private Map<Path, Labels> labels = Map.of();
  private volatile List<ModelSighting> models = List.of();
  private volatile String where = "no cache of Hugging Face";
  private long nextMs = Long.MIN_VALUE;

  /**
   * @param hubs where caches are
   */
  public HubCollector(Hubs hubs, Clock clock) {
    this.hubs = hubs;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "huggingface";
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(REPOSITORIES, BYTES);
  }

  @Override
  public List<ModelSighting> models() {
    return models;
  }

  @Override
  public void collect(Readings out) {
    Set<Path> folders = hubs.folders();
    long now = clock.millis();
    if (now >= nextMs || !known.keySet().containsAll(folders)) {
      look(folders);
      nextMs = now + EACH.toMillis();
    }
    for (Hub each : known.values()) {
      Labels of = labels.getOrDefault(each.folder(), Labels.EMPTY);
      if (!each.failure().isEmpty()) {
        out.failed(each.folder().toString(), each.failure());
        continue;
      }
      out.tell(REPOSITORIES, of, each.count());
      out.tell(BYTES, of, each.bytes());
    }
  }

  private void look(Set<Path> folders) {
    var next = new LinkedHashMap<Path, Hub>();
    var seen = new ArrayList<ModelSighting>();
    for (Path each : folders) {
      if (next.size() == MOST_HUBS) break;
      Hub hub = known.getOrDefault(each, new Hub(each));
      hub.look();
      next.put(each, hub);
      seen.addAll(hub.models());
    }
    if (!next.keySet().equals(known.keySet())) name(next.keySet());
    known = next;
    if (!models.equals(seen)) models = List.copyOf(seen);
  }

  private void name(Set<Path> folders) {
    var named = new LinkedHashMap<Path, Labels>();
    for (Path each : folders) named.put(each, Labels.of("folder", each.toString()));
    labels = named;
    List<String> words = folders.stream().map(Path::toString).toList();
    where = words.isEmpty() ? "no cache of Hugging Face" : String.join(", ", words);
  }
}
