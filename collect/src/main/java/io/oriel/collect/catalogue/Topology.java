package io.oriel.collect.catalogue;

import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import io.oriel.collect.gpu.SeenGpu;
import java.util.List;
import java.util.Map;

/**
 * The map from GPU to process, container, model and the names by which a gateway offers it, as of
 * the last rounds. Every link says how it was found, and what could not be linked says why.
 * Immutable.
 */
public final class Topology {
  public static final Topology EMPTY = of(List.of(), Containers.NONE, List.of());

  private final List<OnGpu> gpus;
  private final List<Loose> loose;
  private final Gateways gateways;
  private final Map<String, Container> containers; // by id

  Topology(
      List<OnGpu> gpus, List<Loose> loose, Gateways gateways, Map<String, Container> containers) {
    this.gpus = List.copyOf(gpus);
    this.loose = List.copyOf(loose);
    this.gateways = gateways;
    this.containers = Map.copyOf(containers);
  }

  /** The GPUs in NVML's order, and who holds their memory. */
  public List<OnGpu> gpus() {
    return gpus;
  }

  /** What belongs on the map and found no place there. */
  public List<Loose> loose() {
    return loose;
  }

  /** What a container's command line says of its model; nothing where it is not known. */
  List<ModelFact> command(String container) {
    Container known = containers.get(container);
    return known == null ? List.of() : CommandFacts.of(known);
  }

  Gateways gateways() {
    return gateways;
  }

  /** A GPU and who holds its memory. */
  public record OnGpu(SeenGpu gpu, List<Holder> holders) {}

  /**
   * A process that holds memory of a GPU.
   *
   * @param home its container; its id is empty where there is none, and the reason is told
   */
  public record Holder(SeenGpu.Process process, String how, Home home) {}

  /**
   * A container.
   *
   * @param how it is known that the process is in it; empty where there is none
   * @param served the models that it serves
   * @param reason why there is no container, or no model; empty where both are there
   */
  public record Home(
      String id, String name, String image, String how, List<Served> served, String reason) {}

  /**
   * A model that a container serves.
   *
   * @param engine empty where no server was asked
   * @param endpoint where it was asked; empty where none was
   * @param offered the names that gateways have for it
   * @param notOffered why there are none; empty where there are
   */
  public record Served(
      String model,
      String engine,
      String endpoint,
      List<String> how,
      List<Offered> offered,
      String notOffered) {}

  /**
   * A name under which a gateway offers a model.
   *
   * @param gateway where the gateway is; empty where it does not say
   */
  public record Offered(String name, String gateway, String how) {}

  /**
   * What could not be linked.
   *
   * @param kind {@code container}, {@code model}, {@code gateway name}
   */
  public record Loose(String kind, String name, String reason) {}

  /**
   * Draws the map. It asks nobody: what the last rounds found is put together.
   *
   * @param sightings of all sources
   */
  public static Topology of(
      List<SeenGpu> gpus, Containers containers, List<ModelSighting> sightings) {
    return new Linking(containers.list(), sightings).draw(gpus);
  }
}
