package io.oriel.collect.gpu;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code nvidia_smi_*} as nvidia_gpu_exporter 1.14 tells them with its NVML backend: base units,
 * the uuid in small letters without GPU-, names and versions only at {@code nvidia_smi_gpu_info}.
 */
final class SmiNames implements Scheme {
  private static final String NOT_AVAILABLE = "[N/A]";

  private static final Metric INFO =
      Metric.gauge("nvidia_smi_gpu_info", "1, with what the GPU is and what drives it.");
  private static final Metric SUCCESS =
      Metric.gauge("nvidia_smi_last_collect_success", "1 when the last round went well.");
  private static final Metric RETURN_CODE =
      Metric.gauge("nvidia_smi_nvml_return_code", "What NVML answered last; 0 is success.");
  private static final Metric ENERGY =
      Metric.counter("nvidia_smi_energy_joules_total", "Energy since the driver was loaded.");
  private static final Metric XIDS =
      Metric.counter("nvidia_smi_xid_errors_total", "XID errors seen since Oriel started.");
  private static final Metric XID_TIME =
      Metric.gauge("nvidia_smi_xid_last_timestamp_seconds", "When the last XID error was seen.");
  private static final Metric APPS =
      Metric.gauge("nvidia_smi_compute_apps", "How many processes compute on the GPU.");
  private static final Metric APP_INFO =
      Metric.gauge("nvidia_smi_compute_app_info", "1, for a process that computes on the GPU.");
  private static final Metric APP_MEMORY =
      Metric.gauge("nvidia_smi_compute_app_used_memory_bytes", "The GPU's memory it holds.");
  private static final Metric APPS_SUCCESS =
      Metric.gauge(
          "nvidia_smi_compute_apps_last_collect_success", "1 when the processes could be listed.");
  private static final Metric MIG_INFO =
      Metric.gauge("nvidia_smi_mig_info", "1, with what a MIG device is and which GPU's.");

  private static final List<Row> OWN =
      List.of(new Row(ENERGY, Read.number(NvmlCall.ENERGY), 0.001));

  private static final List<Row> MIG =
      List.of(
          mig("memory_total_bytes", "Memory of the instance.", Read.TOTAL, 1),
          mig("memory_used_bytes", "Memory of the instance in use.", Read.USED, 1),
          mig("memory_free_bytes", "Memory of the instance that is free.", Read.FREE, 1),
          mig("memory_reserved_bytes", "Memory the driver reserves.", Read.RESERVED, 1),
          mig(
              "graphics_activity_ratio",
              "Time in which an engine worked.",
              GpmMetric.GRAPHICS_UTILIZATION,
              0.01),
          mig("sm_activity_ratio", "SMs that had work.", GpmMetric.SM_UTILIZATION, 0.01),
          mig("sm_occupancy_ratio", "Warps that were resident.", GpmMetric.SM_OCCUPANCY, 0.01),
          mig(
              "tensor_activity_ratio",
              "Cycles in which the tensor cores worked.",
              GpmMetric.TENSOR,
              0.01),
          mig(
              "pcie_throughput_tx_bytes_per_second",
              "Sent over PCIe.",
              GpmMetric.PCIE_TRANSMIT,
              1 << 20),
          mig(
              "pcie_throughput_rx_bytes_per_second",
              "Received over PCIe.",
              GpmMetric.PCIE_RECEIVE,
              1 << 20));

  private record Seen(Labels uuid, Labels info) {}

  private record App(Gpu gpu, NvmlProcess process, String name) {
    App {
      process = new NvmlProcess(process.pid(), 0, process.gpuInstance(), process.computeInstance());
    }
  }

  private final Map<Gpu, Seen> seen = new HashMap<>();
  private final Map<GpuInstance, Labels> instances = new HashMap<>();
  private final Map<GpuInstance.Device, Labels> devices = new HashMap<>();
  private final Map<App, Labels> apps = new HashMap<>();

  private static Row mig(String name, String help, Row.Reads reads, double factor) {
    return Row.gauge("nvidia_smi_mig_" + name, help, reads, factor);
  }

  private static Row mig(String name, String help, GpmMetric metric, double factor) {
    return mig(name, help, Read.monitor(metric), factor);
  }

  @Override
  public List<Metric> metrics() {
    var all =
        new ArrayList<>(
            List.of(
                INFO,
                SUCCESS,
                RETURN_CODE,
                XIDS,
                XID_TIME,
                APPS,
                APP_INFO,
                APP_MEMORY,
                APPS_SUCCESS,
                MIG_INFO));
    for (List<Row> rows : List.of(SmiRows.ROWS, OWN, MIG)) {
      rows.forEach(row -> all.add(row.metric()));
    }
    return all;
  }

  @Override
  public void see(Machine machine) {
    seen.clear();
    instances.clear();
    devices.clear();
    apps.clear();
    for (Gpu gpu : machine.gpus()) {
      seen.put(gpu, new Seen(Labels.of("uuid", uuid(gpu.uuid())), info(gpu, machine)));
    }
  }

  /** Without the kind before it, in small letters. */
  static String uuid(String uuid) {
    int dash = uuid.startsWith("GPU-") || uuid.startsWith("MIG-") ? 4 : 0;
    return uuid.substring(dash).toLowerCase(Locale.ROOT);
  }

  private static Labels info(Gpu gpu, Machine machine) {
    return Labels.builder()
        .set("uuid", uuid(gpu.uuid()))
        .set("index", Integer.toString(gpu.index()))
        .set("name", gpu.name())
        .set("driver_version", orNot(machine.driver()))
        .set("cuda_version", orNot(machine.cuda()))
        .set("driver_model_current", NOT_AVAILABLE) // a matter of Windows
        .set("driver_model_pending", NOT_AVAILABLE)
        .set("vbios_version", orNot(gpu.text(NvmlText.VBIOS)))
        .set("serial", orNot(gpu.text(NvmlText.SERIAL)))
        .set("pci_bus_id", gpu.pci().busId())
        .set("pci_sub_device_id", "0x%08X".formatted(gpu.pci().subsystemId()))
        .set("compute_cap", capability(gpu))
        .build();
  }

  private static String capability(Gpu gpu) {
    try {
      return (int) gpu.number(NvmlCall.COMPUTE_CAPABILITY, 0)
          + "."
          + (int) gpu.number(NvmlCall.COMPUTE_CAPABILITY, 1);
    } catch (NvmlException _) {
      return NOT_AVAILABLE;
    }
  }

  private static String orNot(String text) {
    return text.isEmpty() ? NOT_AVAILABLE : text;
  }

  @Override
  public void tellMachine(Round round, Readings out) {
    out.tell(SUCCESS, 1);
    out.tell(RETURN_CODE, 0);
    out.tell(APPS_SUCCESS, round.processes().isGood() ? 1 : 0);
  }

  @Override
  public void tell(Gpu gpu, Round round, Readings out) throws NvmlException {
    Seen known = seen.get(gpu);
    if (known == null) return;
    out.tell(INFO, known.info, 1);
    Row.tell(SmiRows.ROWS, gpu, known.uuid, out);
    Row.tell(OWN, gpu, known.uuid, out);
    for (GpuInstance each : gpu.instances()) tell(each, known.uuid, out);
    tellProcesses(gpu, known.uuid, round.processes(), out);
    round.xids().tellAll(XIDS, XID_TIME, gpu, known.uuid, out);
  }

  private void tell(GpuInstance instance, Labels uuid, Readings out) throws NvmlException {
    String id = Integer.toString(instance.id());
    Labels labels = instances.computeIfAbsent(instance, _ -> uuid.with("gpu_instance_id", id));
    Row.tell(MIG, instance, labels, out);
    for (GpuInstance.Device each : instance.devices()) {
      out.tell(MIG_INFO, devices.computeIfAbsent(each, _ -> device(each, labels)), 1);
    }
  }

  private static Labels device(GpuInstance.Device device, Labels instance) {
    return instance.toBuilder()
        .set("mig_uuid", uuid(device.uuid()))
        .set("compute_instance_id", Integer.toString(device.computeInstance()))
        .set("profile", device.profile())
        .build();
  }

  private void tellProcesses(Gpu gpu, Labels uuid, Processes processes, Readings out) {
    List<NvmlProcess> computing = processes.computing(gpu);
    out.tell(APPS, uuid, computing.size());
    if (apps.size() > 4 * (computing.size() + 256)) apps.clear(); // of processes that have ended
    for (NvmlProcess each : computing) {
      var app = new App(gpu, each, processes.name(each.pid()));
      Labels labels = apps.computeIfAbsent(app, a -> labels(a, uuid));
      out.tell(APP_INFO, labels, 1);
      if (each.usedBytes() >= 0) out.tell(APP_MEMORY, labels, each.usedBytes());
      else out.missing(APP_MEMORY, labels, NvmlReturn.NO_PERMISSION.words());
    }
  }

  private static Labels labels(App app, Labels uuid) {
    Labels.Builder all =
        uuid.toBuilder()
            .set("pid", Integer.toString(app.process.pid()))
            .set("process_name", app.name);
    if (app.process.gpuInstance() >= 0) {
      all.set("gpu_instance_id", Integer.toString(app.process.gpuInstance()))
          .set("compute_instance_id", Integer.toString(app.process.computeInstance()));
    }
    return all.build();
  }
}
