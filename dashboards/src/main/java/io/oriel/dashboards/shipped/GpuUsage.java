package io.oriel.dashboards.shipped;

import static io.oriel.dashboards.dsl.Panel.bars;
import static io.oriel.dashboards.dsl.Panel.heatmap;
import static io.oriel.dashboards.dsl.Panel.stat;
import static io.oriel.dashboards.dsl.Panel.table;
import static io.oriel.dashboards.dsl.Panel.timeseries;
import static io.oriel.dashboards.dsl.Thresholds.warn;
import static io.oriel.dashboards.shipped.Here.here;

import io.oriel.dashboards.dsl.Dashboard;
import io.oriel.dashboards.dsl.FieldOverride;
import io.oriel.dashboards.dsl.Panel;
import io.oriel.dashboards.dsl.Query;
import io.oriel.dashboards.dsl.Unit;
import io.oriel.dashboards.dsl.Variable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What do the GPUs of this machine do, and for whom? In dcgm-exporter's names, which Oriel's own
 * GPU collector tells too; only the table of processes needs Oriel.
 */
final class GpuUsage {
  private static final String MIB = " * 1048576";
  private static final String LEGEND = "GPU {{gpu}}";

  private GpuUsage() {}

  static Dashboard dashboard() {
    return Dashboard.of(
            "oriel-gpu-usage",
            "GPU usage",
            "What do the GPUs of this machine do, and for which container and model?")
        .tagged("oriel", "gpu")
        .choosing(
            Variable.dataSource(),
            Variable.query("job", "Job", "label_values(DCGM_FI_DEV_GPU_UTIL, job)"),
            Variable.query(
                "instance", "Host", "label_values(DCGM_FI_DEV_GPU_UTIL{job=\"$job\"}, instance)"))
        .row(2, count(), busy(), memoryUsed(), power(), hottest(), corrupted())
        .row(6, busyByGpu(), tensor())
        .row(8, memoryByGpu(), temperatureByGpu(), powerByGpu())
        .row(6, powerOverTime(), clocks(), link())
        .row(8, processes());
  }

  // the strip at the top

  private static Panel count() {
    return stat("GPUs")
        .says("How many GPUs answer. One that is lost is not counted.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .without("no GPU is told of")
        .asks(Query.of("count(" + here("DCGM_FI_DEV_GPU_TEMP") + ")", "GPUs"))
        .context("answer");
  }

  private static Panel busy() {
    return stat("Busy")
        .says(
            "Share of time in which some kernel ran, the mean of all GPUs. It says nothing of how"
                + " much of a GPU that kernel used: see tensor cores.")
        .wide(4)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .asks(
            Query.of("avg(" + here("DCGM_FI_DEV_GPU_UTIL") + ") / 100", "Busy"),
            Query.of("max(" + here("DCGM_FI_DEV_GPU_UTIL") + ") / 100", "busiest").now())
        .override(FieldOverride.ofQuery('B').unit(Unit.SHARE).set("decimals", 0))
        .context("busiest {B}");
  }

  private static Panel memoryUsed() {
    String used = "sum(" + here("DCGM_FI_DEV_FB_USED") + ")";
    String all = "(" + used + " + sum(" + here("DCGM_FI_DEV_FB_FREE") + "))";
    return stat("Memory")
        .says(
            "Share of all GPUs' memory that is taken. vLLM takes its share at once and keeps it:"
                + " how full it is inside says the KV cache.")
        .wide(4)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .asks(
            Query.of(used + " / " + all, "Memory"),
            Query.of(used + MIB, "used").now(),
            Query.of(all + MIB, "total").now())
        .override(
            FieldOverride.ofQuery('B').unit(Unit.BYTES).set("decimals", 0),
            FieldOverride.ofQuery('C').unit(Unit.BYTES).set("decimals", 0))
        .context("{B} of {C}");
  }

  private static Panel power() {
    return stat("Power")
        .says("What all GPUs draw now.")
        .wide(4)
        .unit(Unit.WATTS)
        .decimals(0)
        .from(0)
        .asks(
            Query.of("sum(" + here("DCGM_FI_DEV_POWER_USAGE") + ")", "Power"),
            Query.of("sum(" + here("DCGM_FI_DEV_ENFORCED_POWER_LIMIT") + ")", "limit").now())
        .override(FieldOverride.ofQuery('B').unit(Unit.WATTS).set("decimals", 0))
        .context("of {B}");
  }

  private static Panel hottest() {
    return stat("Hottest")
        .says("The hottest GPU core. H200: slows down from about 87 °C on.")
        .wide(4)
        .unit(Unit.CELSIUS)
        .decimals(0)
        .thresholds(warn(75).critical(85))
        .asks(
            Query.of("max(" + here("DCGM_FI_DEV_GPU_TEMP") + ")", "Hottest"),
            Query.of("max(" + here("DCGM_FI_DEV_MEMORY_TEMP") + ")", "memory").now())
        .override(FieldOverride.ofQuery('B').unit(Unit.CELSIUS).set("decimals", 0))
        .context("memory {B}");
  }

  private static Panel corrupted() {
    return stat("Memory errors")
        .says(
            "Errors since the driver was loaded that could not be corrected. Any: the model that"
                + " ran there may have answered wrongly; drain the GPU and reset it.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .thresholds(warn(1).critical(2))
        .without("ECC is off, or not told")
        .asks(Query.of("sum(" + here("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL") + ")", "Memory errors"))
        .context("not corrected");
  }

  // what they do

  private static Panel busyByGpu() {
    return heatmap("Busy by GPU")
        .subtitle("% of time")
        .says(
            "Share of time in which some kernel ran on each GPU. All dark: nobody asks. One dark"
                + " row: a model that is never asked, or a server that is down.")
        .wide(14)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .asks(Query.of("max by (gpu) (" + here("DCGM_FI_DEV_GPU_UTIL") + ") / 100", LEGEND));
  }

  private static Panel tensor() {
    return timeseries("Tensor cores")
        .subtitle("% of cycles")
        .says(
            "How much of the tensor cores' time is used: the part of a GPU that models are paid"
                + " for. High busy with low tensor cores: waiting for memory, small batches.")
        .wide(10)
        .unit(Unit.SHARE)
        .decimals(1)
        .from(0)
        .without("told from Hopper on, and by dcgm-exporter with profiling metrics")
        .asks(Query.of("max by (gpu) (" + here("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE") + ")", LEGEND));
  }

  private static Panel memoryByGpu() {
    String used = here("DCGM_FI_DEV_FB_USED");
    String free = here("DCGM_FI_DEV_FB_FREE");
    return bars("Memory by GPU")
        .subtitle("now")
        .says("Share of each GPU's memory that is taken.")
        .wide(8)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .thresholds(warn(0.97))
        .asks(
            Query.of("max by (gpu) (" + used + " / (" + used + " + " + free + "))", LEGEND).now(),
            Query.of("max by (gpu) (" + free + ")" + MIB, LEGEND + " left").now())
        .override(FieldOverride.ofQuery('B').unit(Unit.BYTES).set("decimals", 0))
        .context("{B} left");
  }

  private static Panel temperatureByGpu() {
    return heatmap("Temperature by GPU")
        .subtitle("°C")
        .says("The core of each GPU. From 75 °C look at the air, from 85 °C it slows down.")
        .wide(8)
        .unit(Unit.CELSIUS)
        .decimals(0)
        .from(25)
        .to(90)
        .asks(Query.of("max by (gpu) (" + here("DCGM_FI_DEV_GPU_TEMP") + ")", LEGEND));
  }

  private static Panel powerByGpu() {
    String power = here("DCGM_FI_DEV_POWER_USAGE");
    return bars("Power by GPU")
        .subtitle("of its limit, now")
        .says("What each GPU draws, as a share of what it may. At its limit its clocks go down.")
        .wide(8)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .thresholds(warn(0.98))
        .asks(
            Query.of(
                    "max by (gpu) ("
                        + power
                        + " / "
                        + here("DCGM_FI_DEV_ENFORCED_POWER_LIMIT")
                        + ")",
                    LEGEND)
                .now(),
            Query.of("max by (gpu) (" + power + ")", LEGEND + " draws").now())
        .override(FieldOverride.ofQuery('B').unit(Unit.WATTS).set("decimals", 0))
        .context("{B}");
  }

  private static Panel powerOverTime() {
    return timeseries("Power")
        .says("What each GPU draws; together it is what the supply has to give.")
        .unit(Unit.WATTS)
        .decimals(0)
        .from(0)
        .stacked()
        .asks(Query.of("max by (gpu) (" + here("DCGM_FI_DEV_POWER_USAGE") + ")", LEGEND));
  }

  private static Panel clocks() {
    return timeseries("Clock of the cores")
        .subtitle("MHz")
        .says("Falls when a GPU is idle, too hot, or at its power limit.")
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .asks(Query.of("max by (gpu) (" + here("DCGM_FI_DEV_SM_CLOCK") + ")", LEGEND));
  }

  private static Panel link() {
    return timeseries("PCIe")
        .subtitle("in, and out below")
        .says("Bytes between GPU and host each second. Long and high: something is not on the GPU.")
        .unit(Unit.BYTES_PER_SECOND)
        .decimals(1)
        .without("not told here")
        .asks(
            Query.of("max by (gpu) (" + here("DCGM_FI_PROF_PCIE_RX_BYTES") + ")", LEGEND + " in"),
            Query.of("max by (gpu) (" + here("DCGM_FI_PROF_PCIE_TX_BYTES") + ")", LEGEND + " out"))
        .override(FieldOverride.ofQuery('B').mirrored());
  }

  // for whom

  private static Panel processes() {
    return table("Who uses which GPU")
        .subtitle("now")
        .says(
            "Each process that holds memory of a GPU, with its container and the model that it"
                + " serves. Told by Oriel's own collector.")
        .wide(24)
        .without("Oriel's own GPU collector tells who uses which GPU; dcgm-exporter does not")
        .asks(
            Query.of(
                    "sum by (gpu, container, model, image, pid) ("
                        + here("oriel_gpu_process_memory_bytes")
                        + ")",
                    "Memory")
                .asTable())
        .transform(
            "organize",
            "indexByName",
            new TreeMap<>(
                Map.of("gpu", 0, "container", 1, "model", 2, "image", 3, "pid", 4, "Value #A", 5)),
            "excludeByName",
            Map.of("Time", true),
            "renameByName",
            new TreeMap<>(
                Map.of(
                    "gpu", "GPU",
                    "container", "Container",
                    "model", "Model",
                    "image", "Image",
                    "pid", "Process",
                    "Value #A", "Memory")))
        .override(FieldOverride.named("Memory").unit(Unit.BYTES).set("decimals", 1))
        .option("sortBy", List.of(new TreeMap<>(Map.of("displayName", "GPU", "desc", false))));
  }
}
