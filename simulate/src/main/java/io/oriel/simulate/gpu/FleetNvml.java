package io.oriel.simulate.gpu;

import io.oriel.collect.gpu.Asked;
import io.oriel.collect.gpu.GpmMetric;
import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.gpu.NvmlCall;
import io.oriel.collect.gpu.NvmlEvent;
import io.oriel.collect.gpu.NvmlException;
import io.oriel.collect.gpu.NvmlField;
import io.oriel.collect.gpu.NvmlProcess;
import io.oriel.collect.gpu.NvmlReturn;
import io.oriel.collect.gpu.NvmlText;
import io.oriel.collect.gpu.PciInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * NVML, answered by the simulated fleet. A report is taken when the number of devices is asked, as
 * each round begins with that, and when monitors are sampled; so a round sees one moment.
 */
public final class FleetNvml implements Nvml {
  private static final int CUDA = 13_010;
  private static final String DRIVER = "590.48.01";
  private static final long H200 = 0x233510DEL;
  private static final long BOARD = 0x18BE10DEL;
  private static final int MOST_SAMPLES = 1_024;
  private static final long LONGEST_WAIT_MS = 1_000;

  /** Where reports come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * What all GPUs answer now.
     *
     * @throws NvmlException when there is none
     */
    FleetReport report() throws NvmlException;
  }

  private record Taken(long nowMs, Map<GpmMetric, Double> monitors) {}

  private final String where;
  private final Source source;
  private final boolean waits;
  private final Map<Long, @Nullable Taken> samples = new HashMap<>();
  private final Map<Long, Integer> numbers; // of calls and metrics, by NVML's own
  private FleetReport report;
  private long nextSample = 1;
  private long xidsSeen;

  /**
   * Opens it.
   *
   * @param where for people: {@code simulated fleet}
   * @param waits whether time goes by while it waits for events
   * @throws NvmlException when there is no report
   */
  public FleetNvml(String where, Source source, boolean waits) throws NvmlException {
    this.where = where;
    this.source = source;
    this.waits = waits;
    this.report = source.report();
    this.xidsSeen = report.xids().isEmpty() ? 0 : report.xids().getLast().number();
    this.numbers = new HashMap<>();
    for (NvmlField each : NvmlField.values()) numbers.put((long) each.id(), each.ordinal());
  }

  private FleetReport look() throws NvmlException {
    FleetReport now = source.report();
    if (now.isDown()) throw NvmlException.of(NvmlReturn.DRIVER_NOT_LOADED);
    report = now;
    return now;
  }

  private GpuReport gpu(long device) throws NvmlException {
    if (device < 1 || device > report.gpus().size()) {
      throw NvmlException.of(NvmlReturn.INVALID_ARGUMENT);
    }
    return report.gpus().get((int) device - 1);
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public String driverVersion() {
    return DRIVER;
  }

  @Override
  public int cudaVersion() {
    return CUDA;
  }

  @Override
  public int deviceCount() throws NvmlException {
    return look().gpus().size();
  }

  @Override
  public long device(int index) throws NvmlException {
    gpu(index + 1L);
    return index + 1L;
  }

  @Override
  public String text(long device, NvmlText what) throws NvmlException {
    String text = gpu(device).texts().get(what);
    if (text == null) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
    return text;
  }

  @Override
  public void numbers(long device, NvmlCall call, long[] out) throws NvmlException {
    long[] told = gpu(device).numbers().get(call);
    if (told == null) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
    System.arraycopy(told, 0, out, 0, call.size());
  }

  @Override
  public PciInfo pci(long device) throws NvmlException {
    GpuReport gpu = gpu(device);
    return new PciInfo(gpu.busId(), 0, gpu.bus(), 0, H200, BOARD);
  }

  @Override
  public void fields(long device, Asked asked) throws NvmlException {
    Map<NvmlField, Double> told = gpu(device).fields();
    NvmlField[] all = NvmlField.values();
    for (int i = 0; i < asked.size(); i++) {
      Integer known = numbers.get((long) asked.id(i));
      Double value = known == null ? null : told.get(all[known]);
      if (value == null) asked.refuse(i, NvmlReturn.NOT_SUPPORTED.code());
      else asked.answer(i, value);
    }
  }

  @Override
  public List<NvmlProcess> processes(long device, ProcessKind kind) throws NvmlException {
    GpuReport gpu = gpu(device);
    if (kind != ProcessKind.COMPUTE) return List.of();
    return gpu.processes().stream()
        .map(each -> new NvmlProcess(each.pid(), each.bytes(), -1, -1))
        .toList();
  }

  @Override
  public String processName(int pid) throws NvmlException {
    for (GpuReport gpu : report.gpus()) {
      for (GpuReport.Holder each : gpu.processes()) {
        if (each.pid() == pid) return each.name();
      }
    }
    throw NvmlException.of(NvmlReturn.NOT_FOUND);
  }

  @Override
  public long migDevice(long device, int index) throws NvmlException {
    throw NvmlException.of(NvmlReturn.NOT_FOUND);
  }

  @Override
  public long eventSet() {
    return 1;
  }

  @Override
  public void register(long device, long events, long eventSet) throws NvmlException {
    gpu(device);
  }

  @Override
  public NvmlEvent await(long eventSet, int timeoutMs) throws NvmlException {
    NvmlEvent event = nextEvent();
    if (event != null) return event;
    pause(timeoutMs);
    throw NvmlException.of(NvmlReturn.TIMEOUT);
  }

  private @Nullable NvmlEvent nextEvent() {
    for (FleetReport.XidReport each : report.xids()) {
      if (each.number() <= xidsSeen) continue;
      xidsSeen = each.number();
      return new NvmlEvent(each.gpu() + 1L, NvmlEvent.XID, each.code());
    }
    return null;
  }

  private void pause(int timeoutMs) throws NvmlException {
    if (!waits || timeoutMs <= 0) return;
    try {
      Thread.sleep(Math.min(timeoutMs, LONGEST_WAIT_MS));
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void freeEventSet(long eventSet) {}

  @Override
  public boolean hasMonitors(long device) throws NvmlException {
    gpu(device);
    return true;
  }

  @Override
  public long sample() throws NvmlException {
    if (samples.size() >= MOST_SAMPLES) throw NvmlException.of(NvmlReturn.INSUFFICIENT_RESOURCES);
    samples.put(nextSample, null);
    return nextSample++;
  }

  @Override
  public void takeSample(long device, int gpuInstance, long sample) throws NvmlException {
    if (gpuInstance >= 0) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
    samples.put(sample, new Taken(report.nowMs(), gpu(device).monitors()));
  }

  @Override
  public void compare(long older, long newer, Asked asked) throws NvmlException {
    Taken before = samples.get(older);
    Taken after = samples.get(newer);
    double seconds = before == null || after == null ? 0 : (after.nowMs - before.nowMs) / 1000.0;
    GpmMetric[] all = GpmMetric.values();
    for (int i = 0; i < asked.size(); i++) {
      GpmMetric metric = i < all.length && all[i].id() == asked.id(i) ? all[i] : null;
      if (metric == null || before == null || after == null || seconds <= 0) {
        asked.refuse(i, NvmlReturn.NO_DATA.code());
      } else {
        double sum = value(after, metric) - value(before, metric);
        asked.answer(i, sum / seconds);
      }
    }
  }

  private static double value(Taken taken, GpmMetric metric) {
    return taken.monitors.getOrDefault(metric, 0.0);
  }

  @Override
  public void freeSample(long sample) {
    samples.remove(sample);
  }

  @Override
  public void close() {
    samples.clear();
  }
}
