package io.oriel.collect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.peer.JsonNumber;
import java.util.ArrayList;
import java.util.List;

/** What Ollama tells of its models, for the catalogue; made anew when something has changed. */
final class Sightings {
  private static final int MOST_LOADED = 500;

  /** A model in memory. */
  private record Loaded(String name, double bytes, double gpuBytes, double context) {}

  private final String ollama;
  private final String address;
  private volatile List<ModelSighting> all = List.of();
  private List<Loaded> loaded = List.of();
  private boolean isOld = true;

  /**
   * @param address of the server, for people
   */
  Sightings(String address) {
    this.address = address;
    this.ollama = "ollama " + address + " ";
  }

  List<ModelSighting> all() {
    return all;
  }

  /** What is stored, or shown of it, was asked for anew. */
  void renew() {
    isOld = true;
  }

  void see(JsonNode inMemory, List<StoredModel> stored, ShownModels shown, String version) {
    List<Loaded> now = loaded(inMemory);
    if (!isOld && now.equals(loaded)) return;
    loaded = now;
    isOld = false;
    var seen = new ArrayList<ModelSighting>();
    for (StoredModel each : stored) seen.add(sighting(each, shown.of(each), version));
    all = List.copyOf(seen);
  }

  private static List<Loaded> loaded(JsonNode inMemory) {
    var now = new ArrayList<Loaded>();
    for (JsonNode each : inMemory) {
      if (now.size() == MOST_LOADED) break;
      now.add(
          new Loaded(
              each.path("name").asText(""),
              JsonNumber.of(each.path("size"), 0),
              JsonNumber.of(each.path("size_vram"), 0),
              JsonNumber.of(each.path("context_length"), 0)));
    }
    return now;
  }

  private ModelSighting sighting(StoredModel model, Shown shown, String version) {
    String show = ollama + "/api/show";
    var telling =
        ModelSighting.of(Role.SERVER, model.name(), ollama + "/api/tags")
            .tell(ModelField.ENGINE, "ollama", "collector ollama " + address)
            .tell(ModelField.ENGINE_VERSION, version, ollama + "/api/version")
            .tell(ModelField.ENDPOINT, address, "collector ollama " + address)
            .tell(ModelField.SOURCE, model.name())
            .tell(ModelField.REVISION, model.digest())
            .tell(ModelField.DISK, model.bytes())
            .tell(ModelField.FORMAT, model.format())
            .tell(ModelField.QUANTIZATION, model.quantization())
            .tell(ModelField.ARCHITECTURE, model.family())
            .tell(ModelField.LONGEST_CONTEXT, shown.madeFor(), show);
    if (shown.parameters() > 0) telling.tell(ModelField.PARAMETERS, shown.parameters(), show);
    else telling.tell(ModelField.PARAMETERS, Rounded.count(model.parameters()));
    if (!shown.capabilities().isEmpty()) {
      telling.tell(ModelField.TYPE, type(shown.capabilities()), show);
    }
    for (String each : shown.capabilities()) telling.tell(ModelField.CAPABILITY, each, show);
    memory(model, telling);
    return telling.done();
  }

  private static String type(List<String> capabilities) {
    if (capabilities.contains("embedding")) return "embedding";
    return capabilities.contains("vision") ? "vision-language" : "llm";
  }

  private void memory(StoredModel model, ModelSighting.Telling telling) {
    String ps = ollama + "/api/ps";
    for (Loaded each : loaded) {
      if (!each.name().equals(model.name())) continue;
      telling
          .tell(ModelField.STATE, "ready", ps)
          .tell(ModelField.CONTEXT, each.context(), ps)
          .tell(ModelField.MEMORY, each.bytes(), ps)
          .tell(ModelField.GPU_MEMORY, each.gpuBytes(), ps);
      return;
    }
    telling.tell(ModelField.STATE, "unloaded", ps);
  }

  /** The server no longer answers; what it told of its models stays. */
  void unreachable() {
    isOld = true;
    all = all.stream().map(ModelSighting::unreachable).toList();
  }
}
