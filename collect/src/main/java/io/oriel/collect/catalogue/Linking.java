package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.catalogue.Topology.Holder;
import io.oriel.collect.catalogue.Topology.Home;
import io.oriel.collect.catalogue.Topology.Loose;
import io.oriel.collect.catalogue.Topology.Offered;
import io.oriel.collect.catalogue.Topology.OnGpu;
import io.oriel.collect.catalogue.Topology.Served;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.gpu.SeenGpu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws a map once: who is on which GPU, link by link. */
final class Linking {
  private static final int MOST_LOOSE = 2_000;
  private static final String UNLOADED = "unloaded";
  private static final String BY_DRIVER = "NVML's list of the GPU's processes";
  private static final String BY_COMMAND = "the command line of its container";

  private final List<Container> containers;
  private final Gateways gateways;
  private final Map<String, List<ModelSighting>> serversByContainer = new HashMap<>(); // by its id
  private final List<ModelSighting> serversElsewhere = new ArrayList<>();
  private final Places places;
  private final Map<String, Home> homes = new HashMap<>(); // by the container's id and the model
  private final Map<String, Container> byId = new HashMap<>();
  private final Set<String> onGpus = new HashSet<>(); // ids of containers
  private final Set<String> idle = new HashSet<>(); // whose server has models it has not loaded

  Linking(List<Container> containers, List<ModelSighting> sightings) {
    this.containers = containers;
    this.places = new Places(containers);
    for (Container each : containers) byId.put(each.id(), each);
    this.gateways = new Gateways(places, sightings);
    for (ModelSighting each : sightings) {
      if (each.role() != Role.SERVER) continue;
      Places.Place place = places.at(each.first(ModelField.ENDPOINT));
      if (each.first(ModelField.STATE).equals(UNLOADED)) {
        if (place != null) idle.add(place.container().id());
        continue;
      }
      if (place == null) serversElsewhere.add(each);
      else
        serversByContainer
            .computeIfAbsent(place.container().id(), _ -> new ArrayList<>())
            .add(each);
    }
  }

  Topology draw(List<SeenGpu> gpus) {
    var drawn = new ArrayList<OnGpu>();
    for (SeenGpu gpu : gpus) {
      var holders = new ArrayList<Holder>();
      for (SeenGpu.Process process : gpu.processes()) {
        holders.add(new Holder(process, BY_DRIVER, home(process)));
      }
      drawn.add(new OnGpu(gpu, List.copyOf(holders)));
    }
    return new Topology(drawn, loose(), gateways, byId);
  }

  private Home home(SeenGpu.Process process) {
    ProcessOwner.Owner owner = process.owner();
    if (owner == null) {
      String reason =
          "pid %d: its control group names no container; it runs beside them, has just ended, or is hidden"
              .formatted(process.process().pid());
      return new Home("", "", "", "", named(process.model(), "its command line"), reason);
    }
    onGpus.add(owner.id());
    return homes.computeIfAbsent(
        owner.id() + " " + owner.foundBy() + " " + process.model(),
        _ -> home(owner, process.model()));
  }

  private static List<Served> named(String model, String how) {
    if (model.isEmpty()) return List.of();
    return List.of(
        new Served(model, "", "", List.of(how), List.of(), "no server of it is read there"));
  }

  private Home home(ProcessOwner.Owner owner, String byCommand) {
    var served = new LinkedHashMap<String, Served>();
    for (ModelSighting each : serversByContainer.getOrDefault(owner.id(), List.of())) {
      var how = new ArrayList<>(List.of(where(each)));
      if (each.name().equals(byCommand)) how.add(BY_COMMAND);
      served.putIfAbsent(each.name() + " " + each.first(ModelField.ENDPOINT), served(each, how));
    }
    if (served.values().stream().noneMatch(each -> each.model().equals(byCommand))) {
      for (Served each : named(byCommand, BY_COMMAND)) served.put(byCommand, each);
    }
    String reason = served.isEmpty() ? whyNone(owner) : "";
    Container now = byId.get(owner.id()); // it may have been listed since
    return new Home(
        owner.id(),
        now == null ? owner.name() : now.name(),
        now == null ? owner.image() : now.image(),
        owner.foundBy(),
        List.copyOf(served.values()),
        reason);
  }

  private String whyNone(ProcessOwner.Owner owner) {
    return idle.contains(owner.id())
        ? "the server at its ports has no model loaded"
        : "no server of models is read at its ports, and its command line names no model";
  }

  private String where(ModelSighting server) {
    String endpoint = server.first(ModelField.ENDPOINT);
    Places.Place place = places.at(endpoint);
    return "%s lists it: %s".formatted(endpoint, place == null ? "" : place.how());
  }

  private Served served(ModelSighting server, List<String> how) {
    List<Offered> offered = gateways.offering(server);
    String endpoint = server.first(ModelField.ENDPOINT);
    return new Served(
        server.name(),
        server.first(ModelField.ENGINE),
        endpoint,
        List.copyOf(how),
        offered,
        offered.isEmpty() ? gateways.whyNot() : "");
  }

  private List<Loose> loose() {
    var loose = new ArrayList<Loose>();
    for (Container each : containers) {
      if (!each.isRunning() || !each.gpus().isGpu() || onGpus.contains(each.id())) continue;
      loose.add(
          new Loose(
              "container",
              each.name(),
              "it was given GPUs (%s), but none of its processes holds their memory now"
                  .formatted(each.gpus().foundBy())));
    }
    for (var each : serversByContainer.entrySet()) {
      if (onGpus.contains(each.getKey())) continue;
      for (ModelSighting server : each.getValue()) {
        loose.add(
            new Loose("model", server.name(), where(server) + ", but that container is on no GPU"));
      }
    }
    for (ModelSighting each : serversElsewhere) {
      loose.add(
          new Loose(
              "model",
              each.name(),
              "%s lists it, which is no container of this machine"
                  .formatted(each.first(ModelField.ENDPOINT))));
    }
    loose.addAll(gateways.loose());
    return loose.size() > MOST_LOOSE ? loose.subList(0, MOST_LOOSE) : loose;
  }
}
