package io.oriel.collect.gpu;

import static io.oriel.collect.gpu.Read.number;
import static io.oriel.collect.gpu.Read.percent;
import static io.oriel.collect.gpu.Row.gauge;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code nvidia_gpu_*} as nvidia_gpu_prometheus_exporter tells them: seven names. */
final class NvidiaGpuNames implements Scheme {
  private static final Metric DEVICES =
      Metric.gauge("nvidia_gpu_num_devices", "How many GPUs there are.");

  private static final List<Row> ROWS =
      List.of(
          gauge(
              "nvidia_gpu_memory_used_bytes",
              "Memory in use, with what the driver reserves.",
              NvidiaGpuNames::used),
          gauge("nvidia_gpu_memory_total_bytes", "Memory of the GPU.", Read.TOTAL),
          gauge(
              "nvidia_gpu_duty_cycle",
              "Percent of time in which kernels ran on the GPU.",
              percent(NvmlCall.UTILIZATION, 0)),
          gauge("nvidia_gpu_power_usage_milliwatts", "Power drawn, in milliwatts.", Read::power),
          gauge("nvidia_gpu_temperature_celsius", "Temperature of the GPU.", Read.CELSIUS),
          gauge(
              "nvidia_gpu_fanspeed_percent",
              "Speed of the fan, in percent of its fastest.",
              number(NvmlCall.FAN_SPEED)));

  private final Map<Gpu, Labels> labels = new HashMap<>();

  /** This exporter asks the older call, whose used memory has the reserved in it. */
  private static double used(Source source) throws NvmlException {
    try {
      return source.number(NvmlCall.MEMORY, 3) + source.number(NvmlCall.MEMORY, 1);
    } catch (NvmlException _) {
      return Read.USED.of(source);
    }
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<>(List.of(DEVICES));
    ROWS.forEach(row -> all.add(row.metric()));
    return all;
  }

  @Override
  public void see(Machine machine) {
    labels.clear();
    for (Gpu gpu : machine.gpus()) {
      labels.put(gpu, Labels.of("uuid", gpu.uuid(), "name", gpu.name()));
    }
  }

  @Override
  public void tellMachine(Round round, Readings out) {
    out.tell(DEVICES, round.machine().expected());
  }

  @Override
  public void tell(Gpu gpu, Round round, Readings out) throws NvmlException {
    Row.tell(ROWS, gpu, labels.getOrDefault(gpu, Labels.EMPTY), out);
  }
}
