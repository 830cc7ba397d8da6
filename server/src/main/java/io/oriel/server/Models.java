package io.oriel.server;

import io.oriel.collect.Collecting;
import io.oriel.collect.Collector;
import io.oriel.collect.catalogue.ModelCatalogue;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSource;
import io.oriel.collect.catalogue.Topology;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.ContainerCollector;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.SeenGpu;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue and the map, put together for each answer out of what the running collectors have
 * found. Thread-safe.
 */
final class Models {
  private volatile List<Collecting> collecting = List.of();

  /** From now on these collectors are asked. */
  void of(Collecting running) {
    collecting = List.of(running);
  }

  Topology topology() {
    return Found.of(collecting).topology();
  }

  ModelCatalogue catalogue() {
    Found found = Found.of(collecting);
    return ModelCatalogue.of(found.sightings, found.topology());
  }

  /** What the collectors have at one moment. */
  private record Found(
      List<SeenGpu> gpus, List<Container> containers, List<ModelSighting> sightings) {

    static Found of(List<Collecting> collecting) {
      var found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (Collecting each : collecting) each.collectors().forEach(found::add);
      return found;
    }

    private void add(Collector collector) {
      if (collector instanceof GpuCollector gpu) gpus.addAll(gpu.seen());
      if (collector instanceof ContainerCollector own) containers.addAll(own.containers().list());
      if (collector instanceof ModelSource source) sightings.addAll(source.models());
    }

    Topology topology() {
      return Topology.of(gpus, () -> containers, sightings);
    }
  }
}
