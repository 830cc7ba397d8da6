package io.oriel.collect.gpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine's GPUs in memory. A test sets what each answers; what is not set is not supported. It
 * counts the calls, and what is not given back.
 */
final class FakeNvml implements Nvml {
  static final long MIB = 1 << 20;

  /** A GPU or a MIG device. */
  static final class Device {
    final long handle;
    final Map<NvmlText, String> texts = new EnumMap<>(NvmlText.class);
    final Map<NvmlCall, long[]> numbers = new EnumMap<>(NvmlCall.class);
    final Map<NvmlCall, NvmlReturn> refusals = new EnumMap<>(NvmlCall.class);
    final Map<NvmlField, Double> fields = new EnumMap<>(NvmlField.class);
    final Map<GpmMetric, Double> monitors = new EnumMap<>(GpmMetric.class);
    final List<NvmlProcess> processes = new ArrayList<>();
    final List<NvmlProcess> graphics = new ArrayList<>();
    final Map<Integer, Device> instances = new HashMap<>(); // by place
    PciInfo pci = new PciInfo("00000000:83:00.0", 0, 0x83, 0, 0x233510DEL, 0x18BE10DEL);
    @Nullable NvmlReturn gone; // what it answers to everything

    Device(long handle) {
      this.handle = handle;
    }

    Device with(NvmlCall call, long... values) {
      numbers.put(call, values);
      return this;
    }

    Device with(NvmlField field, double value) {
      fields.put(field, value);
      return this;
    }

    Device with(GpmMetric metric, double value) {
      monitors.put(metric, value);
      return this;
    }

    Device with(NvmlText text, String value) {
      texts.put(text, value);
      return this;
    }
  }

  final List<Device> gpus = new ArrayList<>();
  final Deque<NvmlEvent> events = new ArrayDeque<>();
  final Map<NvmlCall, Integer> calls = new EnumMap<>(NvmlCall.class);
  final Map<Integer, String> names = new HashMap<>();
  @Nullable NvmlReturn gone; // what all of it answers
  int openSamples;
  int openSets;
  int closed;
  private long nextSample = 1;
  private final Map<Long, Device> byHandle = new HashMap<>();
  private final Map<Long, Map<GpmMetric, Double>> samples = new HashMap<>();

  /** As one answered under load; see the capture nvidia_gpu_exporter_h200_load.txt. */
  Device h200(int index) {
    var gpu = new Device(100 + index);
    gpu.with(NvmlText.NAME, "NVIDIA H200")
        .with(NvmlText.UUID, "GPU-0000000%d-1111-2222-3333-44444444aBcD".formatted(index))
        .with(NvmlText.SERIAL, "0000000000000")
        .with(NvmlText.VBIOS, "96.00.A5.00.03")
        .with(NvmlText.INFOROM_OEM, "2.1")
        .with(NvmlText.INFOROM_ECC, "7.16");
    gpu.with(NvmlCall.MINOR_NUMBER, index)
        .with(NvmlCall.UTILIZATION, 100, 7)
        .with(NvmlCall.ENCODER_UTILIZATION, 0, 167_000)
        .with(NvmlCall.DECODER_UTILIZATION, 0, 167_000)
        .with(NvmlCall.JPEG_UTILIZATION, 0, 167_000)
        .with(NvmlCall.OFA_UTILIZATION, 0, 167_000)
        .with(NvmlCall.MEMORY, 143_771 * MIB, 614 * MIB, 110_796 * MIB, 32_362 * MIB)
        .with(NvmlCall.PROTECTED_MEMORY, 0, 0, 0)
        .with(NvmlCall.TEMPERATURE, 52)
        .with(NvmlCall.TEMPERATURE_MARGIN, 35)
        .with(NvmlCall.TEMPERATURE_SLOWDOWN, 90)
        .with(NvmlCall.TEMPERATURE_SHUTDOWN, 95)
        .with(NvmlCall.POWER_USAGE, 627_400)
        .with(NvmlCall.POWER_LIMIT, 700_000)
        .with(NvmlCall.POWER_LIMIT_ENFORCED, 700_000)
        .with(NvmlCall.POWER_LIMIT_DEFAULT, 700_000)
        .with(NvmlCall.POWER_LIMIT_RANGE, 200_000, 700_000)
        .with(NvmlCall.ENERGY, 128_996_013L)
        .with(NvmlCall.CLOCK_GRAPHICS, 1980)
        .with(NvmlCall.CLOCK_SM, 1980)
        .with(NvmlCall.CLOCK_MEMORY, 3201)
        .with(NvmlCall.CLOCK_VIDEO, 1545)
        .with(NvmlCall.CLOCK_GRAPHICS_MAX, 1980)
        .with(NvmlCall.CLOCK_SM_MAX, 1980)
        .with(NvmlCall.CLOCK_MEMORY_MAX, 3201)
        .with(NvmlCall.CLOCK_EVENTS, 0)
        .with(NvmlCall.CLOCK_EVENTS_SUPPORTED, 511)
        .with(NvmlCall.PERFORMANCE_STATE, 0)
        .with(NvmlCall.ECC_MODE, 1, 1)
        .with(NvmlCall.ECC_SRAM, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        .with(NvmlCall.REMAPPED_ROWS, 0, 0, 0, 0)
        .with(NvmlCall.REMAP_HISTOGRAM, 3072, 0, 0, 0, 0)
        .with(NvmlCall.PCIE_REPLAYS, 0)
        .with(NvmlCall.PCIE_GENERATION, 5)
        .with(NvmlCall.PCIE_GENERATION_MAX, 5)
        .with(NvmlCall.PCIE_GENERATION_GPU_MAX, 5)
        .with(NvmlCall.PCIE_WIDTH, 16)
        .with(NvmlCall.PCIE_WIDTH_MAX, 16)
        .with(NvmlCall.MIG_MODE, 0, 0)
        .with(NvmlCall.MIG_DEVICES_MAX, 7)
        .with(NvmlCall.COMPUTE_CAPABILITY, 9, 0)
        .with(NvmlCall.COMPUTE_MODE, 0)
        .with(NvmlCall.PERSISTENCE_MODE, 1)
        .with(NvmlCall.DISPLAY_ATTACHED, 1)
        .with(NvmlCall.DISPLAY_ACTIVE, 0)
        .with(NvmlCall.ACCOUNTING_MODE, 0)
        .with(NvmlCall.ACCOUNTING_BUFFER, 4000)
        .with(NvmlCall.GSP_MODE, 1, 1)
        .with(NvmlCall.C2C_MODE, 0)
        .with(NvmlCall.ENCODER_SESSIONS, 0, 0, 0)
        .with(NvmlCall.FABRIC, 0, 3)
        .with(NvmlCall.PLATFORM, 0, 0, 1, 1);
    for (NvmlCall call : NvmlCall.values()) {
      boolean isEcc = call.name().startsWith("ECC_") && call.size() == 1;
      if (isEcc) gpu.with(call, 0);
    }
    gpu.with(NvmlField.MEMORY_TEMPERATURE, 40)
        .with(NvmlField.POWER_AVERAGE, 627_400)
        .with(NvmlField.POWER_INSTANT, 626_260)
        .with(NvmlField.RECOVERY_ACTION, 0)
        .with(NvmlField.EDPP_MULTIPLIER, 100)
        .with(NvmlField.HELD_BY_POWER, 0)
        .with(NvmlField.HELD_BY_HEAT, 0)
        .with(NvmlField.HELD_BY_SYNC_BOOST, 0)
        .with(NvmlField.HELD_BY_BOARD_LIMIT, 0)
        .with(NvmlField.HELD_BY_LOW_UTILIZATION, 0)
        .with(NvmlField.HELD_BY_RELIABILITY, 0)
        .with(NvmlField.HELD_BY_SOFTWARE_HEAT, 0)
        .with(NvmlField.HELD_BY_HARDWARE_HEAT, 0)
        .with(NvmlField.HELD_BY_POWER_BRAKE, 0)
        .with(NvmlField.NVLINK_CRC_FLIT_ERRORS, 0)
        .with(NvmlField.NVLINK_CRC_DATA_ERRORS, 0)
        .with(NvmlField.NVLINK_REPLAY_ERRORS, 0)
        .with(NvmlField.NVLINK_RECOVERY_ERRORS, 0)
        .with(NvmlField.NVLINK_TRANSMITTED, 1e6)
        .with(NvmlField.NVLINK_RECEIVED, 2e6);
    for (GpmMetric each : GpmMetric.values()) gpu.with(each, 10 + each.id());
    gpus.add(gpu);
    return gpu;
  }

  /** Puts a GPU into MIG mode, with an instance at each of these places. */
  void split(Device gpu, String profile, int... places) {
    gpu.with(NvmlCall.MIG_MODE, 1, 1);
    gpu.refusals.put(NvmlCall.UTILIZATION, NvmlReturn.NOT_SUPPORTED);
    for (int place : places) {
      var instance = new Device(gpu.handle * 1000 + place);
      instance
          .with(NvmlText.NAME, gpu.texts.get(NvmlText.NAME) + " MIG " + profile)
          .with(NvmlText.UUID, "MIG-0000000%d-aaaa-bbbb-cccc-dddddddddddd".formatted(place))
          .with(NvmlCall.GPU_INSTANCE, place + 1)
          .with(NvmlCall.COMPUTE_INSTANCE, 0)
          .with(NvmlCall.MEMORY, 18_432 * MIB, 92 * MIB, 17_411 * MIB, 929 * MIB);
      gpu.instances.put(place, instance);
    }
  }

  private Device known(long handle) throws NvmlException {
    check();
    Device device = byHandle.get(handle);
    if (device == null) throw NvmlException.of(NvmlReturn.INVALID_ARGUMENT);
    if (device.gone != null) throw NvmlException.of(device.gone);
    return device;
  }

  private void check() throws NvmlException {
    if (gone != null) throw NvmlException.of(gone);
  }

  private static <T> T orNone(@Nullable T value) throws NvmlException {
    if (value == null) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
    return value;
  }

  @Override
  public String where() {
    return "a fake";
  }

  @Override
  public String driverVersion() throws NvmlException {
    check();
    return "590.48.01";
  }

  @Override
  public int cudaVersion() throws NvmlException {
    check();
    return 13010;
  }

  @Override
  public int deviceCount() throws NvmlException {
    check();
    return gpus.size();
  }

  @Override
  public long device(int index) throws NvmlException {
    check();
    Device gpu = gpus.get(index);
    if (gpu.gone != null) throw NvmlException.of(gpu.gone);
    byHandle.put(gpu.handle, gpu);
    return gpu.handle;
  }

  @Override
  public String text(long device, NvmlText what) throws NvmlException {
    return orNone(known(device).texts.get(what));
  }

  @Override
  public void numbers(long device, NvmlCall call, long[] out) throws NvmlException {
    Device known = known(device);
    calls.merge(call, 1, Integer::sum);
    NvmlReturn refusal = known.refusals.get(call);
    if (refusal != null) throw NvmlException.of(refusal);
    long[] values = orNone(known.numbers.get(call));
    System.arraycopy(values, 0, out, 0, values.length);
  }

  @Override
  public PciInfo pci(long device) throws NvmlException {
    return known(device).pci;
  }

  @Override
  public void fields(long device, Asked asked) throws NvmlException {
    Device known = known(device);
    NvmlField[] all = NvmlField.values();
    for (int i = 0; i < all.length; i++) {
      Double value = known.fields.get(all[i]);
      if (value == null) asked.refuse(i, NvmlReturn.NOT_SUPPORTED.code());
      else asked.answer(i, value);
    }
  }

  @Override
  public List<NvmlProcess> processes(long device, ProcessKind kind) throws NvmlException {
    Device known = known(device);
    return switch (kind) {
      case COMPUTE -> known.processes;
      case GRAPHICS -> known.graphics;
      case MPS -> throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    };
  }

  @Override
  public String processName(int pid) throws NvmlException {
    return orNone(names.get(pid));
  }

  @Override
  public long migDevice(long device, int index) throws NvmlException {
    Device instance = known(device).instances.get(index);
    if (instance == null) throw NvmlException.of(NvmlReturn.NOT_FOUND);
    byHandle.put(instance.handle, instance);
    return instance.handle;
  }

  @Override
  public long eventSet() throws NvmlException {
    check();
    openSets++;
    return 7;
  }

  @Override
  public void register(long device, long which, long eventSet) throws NvmlException {
    known(device);
  }

  @Override
  public NvmlEvent await(long eventSet, int timeoutMs) throws NvmlException {
    check();
    NvmlEvent event = events.poll();
    if (event == null) throw NvmlException.of(NvmlReturn.TIMEOUT);
    return event;
  }

  @Override
  public void freeEventSet(long eventSet) {
    openSets--;
  }

  @Override
  public boolean hasMonitors(long device) throws NvmlException {
    return !known(device).monitors.isEmpty();
  }

  @Override
  public long sample() {
    openSamples++;
    return nextSample++;
  }

  @Override
  public void takeSample(long device, int gpuInstance, long sample) throws NvmlException {
    samples.put(sample, known(device).monitors);
  }

  @Override
  public void compare(long older, long newer, Asked asked) throws NvmlException {
    if (!samples.containsKey(older)) throw NvmlException.of(NvmlReturn.INVALID_ARGUMENT);
    Map<GpmMetric, Double> values = samples.getOrDefault(newer, Map.of());
    GpmMetric[] all = GpmMetric.values();
    for (int i = 0; i < all.length; i++) {
      Double value = values.get(all[i]);
      if (value == null) asked.refuse(i, NvmlReturn.NOT_SUPPORTED.code());
      else asked.answer(i, value);
    }
  }

  @Override
  public void freeSample(long sample) {
    openSamples--;
  }

  @Override
  public void close() {
    closed++;
    byHandle.clear();
  }
}
