package io.oriel.collect.gpu;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processes that hold the GPUs' memory, and whose they are: the container, its image and the
 * model that it serves.
 */
final class Processes {
  private static final int MOST = 4096; // on all GPUs; more are counted, not told

  static final Metric MEMORY =
      Metric.gauge(
          "oriel_gpu_process_memory_bytes",
          "Memory of the GPU that a process holds, with its container and the model it serves.");

  /** One place where a process holds memory. */
  private record Place(int pid, int gpuInstance, int computeInstance) {
    static Place of(NvmlProcess process) {
      return new Place(process.pid(), process.gpuInstance(), process.computeInstance());
    }
  }

  /** What the labels are made of. */
  private record Identity(
      String uuid, Place place, ProcessOwner.@Nullable Owner owner, String model) {}

  private final ProcessOwner owners;
  private final ServedModel models;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Identity, Labels> labels = new HashMap<>();
  private final Map<Gpu, Map<Nvml.ProcessKind, List<NvmlProcess>>> found = new HashMap<>();
  private boolean isGood;

  Processes(ProcessOwner owners, ServedModel models) {
    this.owners = owners;
    this.models = models;
  }

  void begin() {
    found.clear();
    isGood = true;
    if (names.size() > MOST) names.clear(); // of processes that have ended
    if (labels.size() > MOST) labels.clear();
  }

  /** Asks who holds memory of a GPU. */
  void look(Nvml nvml, Gpu gpu) throws NvmlException {
    var lists = new EnumMap<Nvml.ProcessKind, List<NvmlProcess>>(Nvml.ProcessKind.class);
    for (Nvml.ProcessKind kind : Nvml.ProcessKind.values()) {
      try {
        lists.put(kind, gpu.processes(kind));
      } catch (NvmlException e) {
        if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
        if (kind == Nvml.ProcessKind.COMPUTE) isGood = false;
      }
    }
    found.put(gpu, lists);
    for (List<NvmlProcess> each : lists.values()) {
      for (NvmlProcess process : each) names.computeIfAbsent(process.pid(), p -> name(nvml, p));
    }
  }

  private static String name(Nvml nvml, int pid) {
    try {
      return nvml.processName(pid);
    } catch (NvmlException _) {
      return ""; // it has just ended, or is not ours to see
    }
  }

  /** Whether the round could list those that compute, on every GPU. */
  boolean isGood() {
    return isGood;
  }

  /** Empty where it is not known. */
  String name(int pid) {
    return names.getOrDefault(pid, "");
  }

  List<NvmlProcess> computing(Gpu gpu) {
    return of(gpu, Nvml.ProcessKind.COMPUTE);
  }

  private List<NvmlProcess> of(Gpu gpu, Nvml.ProcessKind kind) {
    return found.getOrDefault(gpu, Map.of()).getOrDefault(kind, List.of());
  }

  /** Tells who holds memory of a GPU, and gives it back for the map. */
  List<SeenGpu.Process> tell(Gpu gpu, Readings out) {
    var seen = new ArrayList<SeenGpu.Process>();
    for (NvmlProcess each : all(gpu)) {
      ProcessOwner.Owner owner = owners.of(each.pid());
      String model = models.of(each.pid(), owner);
      seen.add(new SeenGpu.Process(each, name(each.pid()), owner, model));
      Labels known =
          labels.computeIfAbsent(
              new Identity(gpu.uuid(), Place.of(each), owner, model), i -> labels(gpu, i));
      if (each.usedBytes() >= 0) out.tell(MEMORY, known, each.usedBytes());
      else out.missing(MEMORY, known, NvmlReturn.NO_PERMISSION.words());
    }
    return seen;
  }

  /** A process may be in several lists: it counts once, with the most that one says. */
  private Iterable<NvmlProcess> all(Gpu gpu) {
    var all = new LinkedHashMap<Place, NvmlProcess>();
    for (Nvml.ProcessKind kind : Nvml.ProcessKind.values()) {
      for (NvmlProcess each : of(gpu, kind)) {
        all.merge(Place.of(each), each, (a, b) -> a.usedBytes() >= b.usedBytes() ? a : b);
      }
    }
    return all.values();
  }

  private static Labels labels(Gpu gpu, Identity identity) {
    Labels.Builder all =
        Labels.builder()
            .set("gpu", Integer.toString(gpu.index()))
            .set("uuid", gpu.uuid())
            .set("pid", Integer.toString(identity.place.pid()));
    ProcessOwner.Owner owner = identity.owner;
    if (owner != null) all.set("container", owner.name());
    if (owner != null && !owner.image().isEmpty()) all.set("image", owner.image());
    if (!identity.model.isEmpty()) all.set("model", identity.model);
    if (identity.place.gpuInstance() >= 0) {
      all.set("gpu_instance_id", Integer.toString(identity.place.gpuInstance()));
    }
    return all.build();
  }
}
