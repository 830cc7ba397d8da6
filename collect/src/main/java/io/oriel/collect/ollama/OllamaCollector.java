package io.oriel.collect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSource;
import io.oriel.collect.peer.JsonNumber;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import io.oriel.collect.vocabulary.ModelMetric;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an Ollama server; see {@code api/types.go} there for the fields. */
public final class OllamaCollector implements PeerCollector, ModelSource {
  static final Metric UP = Metric.gauge("ollama_up", "1 when Ollama answers.");
  static final Metric LOADED =
      Metric.gauge("ollama_model_loaded", "1 while the model is in memory.");
  static final Metric VRAM =
      Metric.gauge("ollama_model_vram_bytes", "What the loaded model takes on the GPU.");
  static final Metric INFO = Metric.gauge("oriel_ollama_info", "Always 1; the version of Ollama.");
  static final Metric EXPIRES =
      Metric.gauge(
          "oriel_model_unloads_timestamp_seconds",
          "When the model will be taken out of memory if nobody asks it; absent when never.");

  private static final int STORED_EACH =
      4; // rounds: the list of stored models reads their manifests
  private static final int MOST_MODELS = 500;

  private final Peer peer;
  private final Map<List<String>, Labels> made = new HashMap<>();
  private final ShownModels shown = new ShownModels();
  private final Sightings sightings;
  private List<StoredModel> stored = List.of();
  private Labels version = Labels.EMPTY;
  private int rounds;

  /**
   * @param peer is closed with the collector
   */
  public OllamaCollector(Peer peer) {
    this.peer = peer;
    this.sightings = new Sightings(peer.address().shown());
  }

  @Override
  public String name() {
    return "ollama";
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<>(List.of(UP, LOADED, VRAM, INFO, EXPIRES));
    all.addAll(ModelMetric.all());
    return all;
  }

  /** The models on its disk, as of its last good answer, and which of them are loaded. */
  @Override
  public List<ModelSighting> models() {
    return sightings.all();
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.begin();
      JsonNode loaded = peer.json("/api/ps").path("models");
      if (rounds++ % STORED_EACH == 0) learn();
      if (made.size() > 20 * MOST_MODELS) made.clear();
      tell(loaded, out);
      sightings.see(loaded, stored, shown, version.valueOf("version"));
      out.tell(UP, 1);
      out.tell(INFO, version, 1);
    } catch (CollectorFailure e) {
      out.tell(UP, 0);
      rounds = 0;
      sightings.unreachable();
      throw e;
    }
  }

  private void learn() throws CollectorFailure, InterruptedException {
    String said = peer.json("/api/version").path("version").asText();
    if (said.isEmpty()) {
      throw new CollectorFailure(
          where() + " answers, but names no version as Ollama does",
          "is this Ollama's address and port?");
    }
    if (!said.equals(version.valueOf("version"))) version = Labels.of("version", said);
    var models = new ArrayList<StoredModel>();
    for (JsonNode each : peer.json("/api/tags").path("models")) {
      StoredModel model = StoredModel.of(each);
      if (models.size() < MOST_MODELS && !model.name().isEmpty()) models.add(model);
    }
    if (!stored.equals(models)) sightings.renew();
    stored = List.copyOf(models);
    if (shown.learn(peer, stored)) sightings.renew();
  }

  private void tell(JsonNode loaded, Readings out) {
    Set<String> inMemory = new HashSet<>();
    for (JsonNode each : loaded) {
      String name = each.path("name").asText();
      if (name.isEmpty() || inMemory.size() == MOST_MODELS || !inMemory.add(name)) continue;
      Labels of = labels("engine", "ollama", "model", name);
      out.tell(ModelMetric.UP.metric(), of, 1);
      out.tell(
          ModelMetric.STATE.metric(),
          labels("engine", "ollama", "model", name, "state", "ready"),
          1);
      tellBytes(out, ModelMetric.MEMORY.metric(), of, JsonNumber.of(each.path("size"), 0));
      tellBytes(out, ModelMetric.GPU_MEMORY.metric(), of, JsonNumber.of(each.path("size_vram"), 0));
      out.tell(LOADED, labels("model", name), 1);
      tellBytes(out, VRAM, labels("model", name), JsonNumber.of(each.path("size_vram"), 0));
      Expiry.secondsOf(each.path("expires_at").asText())
          .ifPresent(seconds -> out.tell(EXPIRES, of, seconds));
    }
    for (StoredModel model : stored) {
      Labels of = labels("engine", "ollama", "model", model.name());
      tellBytes(out, ModelMetric.DISK.metric(), of, model.bytes());
      out.tell(ModelMetric.INFO.metric(), info(model), 1);
      if (inMemory.contains(model.name())) continue;
      out.tell(LOADED, labels("model", model.name()), 0);
      out.tell(
          ModelMetric.STATE.metric(),
          labels("engine", "ollama", "model", model.name(), "state", "unloaded"),
          1);
    }
  }

  private static void tellBytes(Readings out, Metric metric, Labels labels, double bytes) {
    if (Double.isFinite(bytes)) out.tell(metric, labels, bytes);
    else out.missing(metric, labels, "no_number");
  }

  private Labels info(StoredModel model) {
    return labels(
        "engine", "ollama",
        "model", model.name(),
        "family", model.family(),
        "parameters", model.parameters(),
        "quantization", model.quantization(),
        "version", version.valueOf("version"));
  }

  /** The same object for the same words, so that a steady round recognises its series. */
  private Labels labels(String... namesAndValues) {
    return made.computeIfAbsent(List.of(namesAndValues), _ -> Labels.of(namesAndValues));
  }
}
