package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.catalogue.Topology.Home;
import io.oriel.collect.catalogue.Topology.Served;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the map from GPU to model says of models: where each of them runs. */
final class OnMap {
  private static final String MAP = "map from GPU to model";

  /** A model in one container, on all its GPUs. */
  private static final class Spot {
    final Home home;
    final Served served;
    final boolean isAlone;
    final TreeSet<Integer> gpus = new TreeSet<>();
    long bytes;

    Spot(Home home, Served served) {
      this.home = home;
      this.served = served;
      this.isAlone = home.served().size() == 1;
    }
  }

  private record Key(String container, String model, String endpoint) {}

  private OnMap() {}

  static List<ModelSighting> sightings(Topology topology) {
    Map<Key, Spot> spots = new LinkedHashMap<>();
    for (Topology.OnGpu gpu : topology.gpus()) {
      for (Topology.Holder holder : gpu.holders()) {
        Home home = holder.home();
        for (Served each : home.served()) {
          var key = new Key(home.id(), each.model(), each.endpoint());
          Spot spot = spots.computeIfAbsent(key, _ -> new Spot(home, each));
          spot.gpus.add(gpu.gpu().index());
          spot.bytes += Math.max(0, holder.process().process().usedBytes());
        }
      }
    }
    return spots.values().stream().map(each -> sighting(each, topology)).toList();
  }

  private static ModelSighting sighting(Spot spot, Topology topology) {
    String source = spot.home.name().isEmpty() ? MAP : MAP + ", container " + spot.home.name();
    var telling =
        ModelSighting.of(Role.MAP, spot.served.model(), source)
            .tell(ModelField.ENDPOINT, spot.served.endpoint())
            .tell(ModelField.CONTAINER, spot.home.name())
            .tell(ModelField.IMAGE, spot.home.image());
    for (int gpu : spot.gpus) telling.tell(ModelField.GPU, Integer.toString(gpu));
    // of several models in one container nobody knows whose share of the memory is which
    if (spot.isAlone) {
      telling.tell(ModelField.GPU_MEMORY, spot.bytes);
      for (ModelFact each : topology.command(spot.home.id())) {
        telling.tell(each.field(), each.value(), each.source());
      }
    }
    return telling.done();
  }
}
