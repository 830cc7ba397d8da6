package io.oriel.collect.gpu;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One GPU: what it is, and what it answered in the present round. */
final class Gpu implements Source {
  private static final int MOST_DEVICES = 64;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(\\.\\d{1,10})?");

  private final Nvml nvml;
  private final int index;
  private final long handle;
  private final String uuid;
  private final String name;
  private final PciInfo pci;
  private final Map<NvmlText, String> texts;
  private final Map<NvmlText, Double> numbersInTexts;
  private final int siblings;
  private final Answers answers;
  private final Asked fields = Asked.fields();
  private final Monitors monitors;
  private final PcieRates pcie;
  private List<GpuInstance> instances = List.of();
  private List<GpuInstance.Device> devices = List.of();
  private boolean inMigMode;

  /**
   * Opens it.
   *
   * @param siblings how many GPUs the machine has, this one with them
   */
  Gpu(Nvml nvml, int index, int siblings) throws NvmlException {
    this.nvml = nvml;
    this.index = index;
    this.siblings = siblings;
    this.handle = nvml.device(index);
    this.uuid = nvml.text(handle, NvmlText.UUID);
    this.name = nvml.text(handle, NvmlText.NAME);
    this.pci = pci(nvml, handle);
    this.texts = texts(nvml, handle);
    this.numbersInTexts = numbersIn(texts);
    this.answers = new Answers(nvml, handle);
    this.monitors = new Monitors(nvml, handle, -1);
    this.pcie = new PcieRates(this);
  }

  private static PciInfo pci(Nvml nvml, long handle) throws NvmlException {
    try {
      return nvml.pci(handle);
    } catch (NvmlException e) {
      if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
      return new PciInfo("", 0, 0, 0, 0, 0);
    }
  }

  private static Map<NvmlText, String> texts(Nvml nvml, long handle) {
    var texts = new EnumMap<NvmlText, String>(NvmlText.class);
    for (NvmlText each : NvmlText.values()) {
      try {
        texts.put(each, nvml.text(handle, each));
      } catch (NvmlException _) {
        // the GPU has none
      }
    }
    return texts;
  }

  private static Map<NvmlText, Double> numbersIn(Map<NvmlText, String> texts) {
    var numbers = new EnumMap<NvmlText, Double>(NvmlText.class);
    texts.forEach((which, text) -> {
      if (NUMBER.matcher(text).matches()) numbers.put(which, Double.valueOf(text));
    });
    return numbers;
  }

  /**
   * Starts a round.
   *
   * @throws NvmlException when the GPU or NVML as a whole says nothing more
   */
  void begin(long nanos) throws NvmlException {
    answers.begin();
    try {
      nvml.fields(handle, fields);
    } catch (NvmlException e) {
      fields.refuseAll(e.answer());
      if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
    }
    inMigMode = isInMigMode();
    lookAtInstances();
    for (GpuInstance each : instances) each.begin(nanos);
    if (!inMigMode) monitors.begin(nanos);
    pcie.begin(nanos);
  }

  private boolean isInMigMode() throws NvmlException {
    try {
      return number(NvmlCall.MIG_MODE, 0) == 1;
    } catch (NvmlException e) {
      if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
      return false;
    }
  }

  /** Instances come and go while running; their monitors go on where they stay. */
  private void lookAtInstances() throws NvmlException {
    List<GpuInstance.Device> now = inMigMode ? migDevices() : List.of();
    if (now.equals(devices)) return;
    instances.forEach(GpuInstance::close);
    devices = now;
    var byId = new TreeMap<Integer, List<GpuInstance.Device>>();
    for (GpuInstance.Device each : now) {
      byId.computeIfAbsent(each.gpuInstance(), _ -> new ArrayList<>()).add(each);
    }
    var list = new ArrayList<GpuInstance>();
    byId.forEach((id, of) -> list.add(new GpuInstance(this, nvml, id, List.copyOf(of))));
    instances = List.copyOf(list);
  }

  private List<GpuInstance.Device> migDevices() throws NvmlException {
    var found = new ArrayList<GpuInstance.Device>();
    int most = mostDevices();
    for (int i = 0; i < most; i++) {
      try {
        long device = nvml.migDevice(handle, i);
        found.add(
            new GpuInstance.Device(
                device,
                nvml.text(device, NvmlText.UUID),
                profile(nvml.text(device, NvmlText.NAME)),
                (int) ask(device, NvmlCall.GPU_INSTANCE),
                (int) ask(device, NvmlCall.COMPUTE_INSTANCE)));
      } catch (NvmlException e) {
        if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
        // an empty place, or one that is just being made
      }
    }
    return found;
  }

  private int mostDevices() throws NvmlException {
    try {
      return (int) Math.min(MOST_DEVICES, number(NvmlCall.MIG_DEVICES_MAX, 0));
    } catch (NvmlException e) {
      if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
      return 0; // nvidia-smi's table does not have them
    }
  }

  /** {@code NVIDIA H100 80GB HBM3 MIG 1g.10gb}: what stands after MIG. */
  private static String profile(String name) {
    int at = name.indexOf(" MIG ");
    return at < 0 ? name : name.substring(at + 5);
  }

  private long ask(long device, NvmlCall call) throws NvmlException {
    var out = new long[call.size()];
    nvml.numbers(device, call, out);
    return out[0];
  }

  List<NvmlProcess> processes(Nvml.ProcessKind kind) throws NvmlException {
    return nvml.processes(handle, kind);
  }

  int index() {
    return index;
  }

  long handle() {
    return handle;
  }

  /** {@code GPU-...}, as NVML has it. */
  String uuid() {
    return uuid;
  }

  String name() {
    return name;
  }

  PciInfo pci() {
    return pci;
  }

  /** Empty where the GPU has none. */
  String text(NvmlText which) {
    return texts.getOrDefault(which, "");
  }

  /** A text that is a number, as versions and serials are; NaN where it is none. */
  double numberIn(NvmlText which) {
    return numbersInTexts.getOrDefault(which, Double.NaN);
  }

  int siblings() {
    return siblings;
  }

  /** Its parts in MIG mode, by their numbers. */
  List<GpuInstance> instances() {
    return instances;
  }

  PcieRates pcie() {
    return pcie;
  }

  @Override
  public double number(NvmlCall call, int place) throws NvmlException {
    return answers.number(call, place);
  }

  @Override
  public double field(NvmlField field) throws NvmlException {
    return fields.value(field.ordinal());
  }

  @Override
  public double monitor(GpmMetric metric) throws NvmlException {
    if (inMigMode) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
    return monitors.value(metric);
  }

  @Override
  public Gpu gpu() {
    return this;
  }

  void close() {
    instances.forEach(GpuInstance::close);
    monitors.close();
  }
}
