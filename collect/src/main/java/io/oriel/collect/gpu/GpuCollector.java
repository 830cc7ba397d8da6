package io.oriel.collect.gpu;

import io.oriel.collect.Collector;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's GPUs, told in any set of three exporters' names from one reading: each quantity is asked
 * once a round. A GPU that is lost is said so and harms no other; when NVML as a whole goes away
 * (an update of the driver), it is opened anew, at first in the next round, then ever more seldom.
 *
 * <p>NVML is opened, called and closed by the thread that collects.
 */
public final class GpuCollector implements Collector {
  private static final int MOST_ROUNDS_ALONE = 20;
  private static final int ROUNDS_WITHOUT_LOOKING = 20;

  private static final Metric ANSWERS =
      Metric.gauge(
          "oriel_gpu_answers", "1 when the GPU answers, 0 when it is lost or needs a reset.");

  private final Nvml.Opening opening;
  private final Clock clock;
  private final List<Scheme> schemes;
  private final Processes processes;
  private final Xids xids;
  private final Map<String, Labels> labels = new HashMap<>(); // by uuid
  private @Nullable Nvml nvml;
  private @Nullable Machine machine;
  private volatile List<SeenGpu> seen = List.of();
  private volatile String where = "NVML";
  private NvmlReturn problem = NvmlReturn.SUCCESS;
  private int alone; // rounds until it is tried again
  private int patience = 1;
  private int untilLook; // rounds until GPUs that can't be opened are tried again

  /**
   * Reads what an opening of NVML gives.
   *
   * @param schemes in whose names
   * @param host for DCGM's label Hostname; empty for none
   * @param owners tells the container of a process
   * @param models tells the model that a process serves
   */
  public GpuCollector(
      Nvml.Opening opening,
      Set<NamingScheme> schemes,
      String host,
      ProcessOwner owners,
      ServedModel models,
      Clock clock) {
    this.opening = opening;
    this.clock = clock;
    this.schemes = schemes.stream().sorted().map(each -> each.names(host)).toList();
    this.processes = new Processes(owners, models);
    this.xids = new Xids(clock);
  }

  /** The driver's library, or {@code nvidia-smi} where that can't be loaded. */
  public static Nvml.Opening ofThisMachine() {
    return () -> {
      try {
        return NvmlLibrary.open();
      } catch (NvmlException e) {
        if (e.answer() != NvmlReturn.LIBRARY_NOT_FOUND) throw e;
        Path program = NvidiaSmi.find();
        if (program == null) throw e;
        return NvidiaSmi.open(program);
      }
    };
  }

  /**
   * Whether the machine has a driver of NVIDIA, looked at without loading anything.
   *
   * @param root below which the host's file systems are seen
   */
  public static boolean isHere(Path root) {
    return Files.exists(root.resolve("proc/driver/nvidia"))
        || Files.exists(root.resolve("dev/nvidiactl"))
        || Files.exists(root.resolve("dev/dxg")); // in WSL
  }

  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<>(List.of(ANSWERS, Processes.MEMORY, Xids.INFO));
    schemes.forEach(each -> all.addAll(each.metrics()));
    return all;
  }

  /** The GPUs as the last round found them. Thread-safe. */
  public List<SeenGpu> seen() {
    return seen;
  }

  @Override
  public void collect(Readings out) throws CollectorFailure {
    if (problem != NvmlReturn.SUCCESS && alone-- > 0) throw failure(problem);
    try {
      Nvml open = nvml == null ? open() : nvml;
      round(open, out);
      problem = NvmlReturn.SUCCESS;
      patience = 1;
    } catch (NvmlException e) {
      close();
      seen = List.of();
      problem = e.answer();
      alone = patience - 1;
      patience = Math.min(MOST_ROUNDS_ALONE, 2 * patience);
      throw failure(problem);
    }
  }

  private static CollectorFailure failure(NvmlReturn answer) {
    return new CollectorFailure("NVML can't be read: " + answer.words(), answer.remedy());
  }

  private Nvml open() throws NvmlException {
    Nvml opened = opening.open();
    nvml = opened;
    where = opened.where();
    return opened;
  }

  private void round(Nvml open, Readings out) throws NvmlException {
    int count = open.deviceCount();
    Machine present = machine;
    if (present == null || present.expected() != count || --untilLook == 0) {
      present = look(open, count);
    }
    processes.begin();
    xids.look(open);
    var round = new Round(present, xids, processes);
    var found = new ArrayList<SeenGpu>();
    long nanos = clock.nanos();
    for (Gpu gpu : present.gpus()) found.add(tell(open, gpu, round, nanos, out));
    int unopened = count - present.gpus().size();
    if (unopened > 0) out.failed("gpus", unopened + " of " + count + " can't be opened");
    for (Scheme each : schemes) each.tellMachine(round, out);
    xids.tellMeanings(out);
    seen = List.copyOf(found);
  }

  /** Sees what there is: at the beginning, and when a GPU has come or gone. */
  private Machine look(Nvml open, int count) throws NvmlException {
    if (machine != null) machine.close();
    xids.close(open);
    var gpus = new ArrayList<Gpu>();
    for (int i = 0; i < count; i++) {
      try {
        gpus.add(new Gpu(open, i, count));
      } catch (NvmlException e) {
        if (e.answer().endsTheRound()) throw e;
      }
    }
    untilLook = gpus.size() < count ? ROUNDS_WITHOUT_LOOKING : Integer.MAX_VALUE;
    var now = new Machine(driver(open), cuda(open), count, List.copyOf(gpus));
    machine = now;
    xids.open(open, now.gpus());
    for (Scheme each : schemes) each.see(now);
    return now;
  }

  private static String driver(Nvml open) {
    try {
      return open.driverVersion();
    } catch (NvmlException _) {
      return "";
    }
  }

  private static String cuda(Nvml open) {
    try {
      int version = open.cudaVersion();
      return version / 1000 + "." + version % 1000 / 10;
    } catch (NvmlException _) {
      return "";
    }
  }

  private SeenGpu tell(Nvml open, Gpu gpu, Round round, long nanos, Readings out)
      throws NvmlException {
    Labels own = labels.computeIfAbsent(gpu.uuid(), uuid -> labels(gpu, uuid));
    try {
      gpu.begin(nanos);
      processes.look(open, gpu);
      for (Scheme each : schemes) each.tell(gpu, round, out);
      out.tell(ANSWERS, own, 1);
      return seen(gpu, false, processes.tell(gpu, out));
    } catch (NvmlException e) {
      if (e.answer().endsTheRound()) throw e;
      out.tell(ANSWERS, own, 0);
      out.failed("gpu " + gpu.index(), e.answer().words() + "; " + e.answer().remedy());
      return seen(gpu, true, List.of());
    }
  }

  private static Labels labels(Gpu gpu, String uuid) {
    return Labels.of("gpu", Integer.toString(gpu.index()), "uuid", uuid);
  }

  private static SeenGpu seen(Gpu gpu, boolean isLost, List<SeenGpu.Process> processes) {
    var instances = new ArrayList<SeenGpu.Instance>();
    for (GpuInstance each : gpu.instances()) {
      for (GpuInstance.Device device : each.devices()) {
        instances.add(
            new SeenGpu.Instance(
                each.id(), device.computeInstance(), device.uuid(), device.profile()));
      }
    }
    return new SeenGpu(
        gpu.index(),
        gpu.uuid(),
        gpu.name(),
        gpu.pci().busId(),
        memory(gpu),
        isLost,
        List.copyOf(instances),
        List.copyOf(processes));
  }

  private static long memory(Gpu gpu) {
    try {
      return (long) Read.TOTAL.of(gpu);
    } catch (NvmlException _) {
      return 0;
    }
  }

  @Override
  public void close() {
    Nvml open = nvml;
    if (open == null) return;
    if (machine != null) machine.close();
    machine = null;
    xids.close(open);
    nvml = null;
    open.close();
  }
}
