package io.oriel.dashboards.shipped;

import static io.oriel.dashboards.dsl.Panel.bars;
import static io.oriel.dashboards.dsl.Panel.stat;
import static io.oriel.dashboards.dsl.Panel.table;
import static io.oriel.dashboards.dsl.Panel.timeseries;
import static io.oriel.dashboards.dsl.Thresholds.warn;
import static io.oriel.dashboards.shipped.Here.here;
import static io.oriel.dashboards.shipped.Here.rate;

import io.oriel.dashboards.dsl.Dashboard;
import io.oriel.dashboards.dsl.FieldOverride;
import io.oriel.dashboards.dsl.Panel;
import io.oriel.dashboards.dsl.Query;
import io.oriel.dashboards.dsl.Unit;
import io.oriel.dashboards.dsl.Variable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which containers run on this machine, are they well, and what do they take? */
final class ContainersBoard {
  private static final String NAMED = "name!=\"\"";
  private static final String LEGEND = "{{name}}";

  private ContainersBoard() {}

  static Dashboard dashboard() {
    return Dashboard.of(
            "oriel-containers",
            "Containers",
            "Which containers run on this machine, are they well, and what do they take?")
        .tagged("oriel", "containers")
        .choosing(
            Variable.dataSource(),
            Variable.query("job", "Job", "label_values(oriel_container_info, job)"),
            Variable.query(
                "instance", "Host", "label_values(oriel_container_info{job=\"$job\"}, instance)"))
        .row(2, running(), unhealthy(), restarts(), cpu(), memory(), unmeasured())
        .row(7, cpuByContainer(), memoryByContainer())
        .row(6, nearLimit(), network(), blocks())
        .row(9, all());
  }

  private static Panel running() {
    return stat("Running")
        .says("Containers that run now.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .without("no container runtime was found")
        .asks(
            Query.of("sum(" + here("oriel_containers", "state=\"running\"") + ")", "Running"),
            Query.of(
                    "sum(" + here("oriel_containers", "state=\"running\",class=\"gpu\"") + ")",
                    "GPU")
                .now())
        .override(FieldOverride.ofQuery('B').unit(Unit.NONE).set("decimals", 0))
        .context("{B} with a GPU");
  }

  private static Panel unhealthy() {
    return stat("Unhealthy")
        .says("Containers whose own health check fails.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .thresholds(warn(1))
        .asks(
            Query.of(
                "count("
                    + here("oriel_container_health", "health=\"unhealthy\"")
                    + ") or 0 * count("
                    + here("oriel_container_info")
                    + ")",
                "Unhealthy"))
        .context("by their own check");
  }

  private static Panel restarts() {
    return stat("Restarts")
        .says("Restarts by policy within the last hour. Any: look at the container's last words.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .thresholds(warn(1).critical(5))
        .asks(
            Query.of(
                "sum(increase(" + here("oriel_container_restarts_total") + "[1h]))", "Restarts"))
        .context("in an hour");
  }

  private static Panel cpu() {
    return stat("CPU")
        .says("Cores that all containers use.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(1)
        .from(0)
        .asks(
            Query.of("sum(" + rate(here("container_cpu_usage_seconds_total", NAMED)) + ")", "CPU"))
        .context("cores");
  }

  private static Panel memory() {
    return stat("Memory")
        .says("Memory that containers hold and that can't be given back at once.")
        .wide(4)
        .unit(Unit.BYTES)
        .decimals(1)
        .from(0)
        .asks(Query.of("sum(" + here("container_memory_working_set_bytes", NAMED) + ")", "Memory"))
        .context("working sets");
  }

  private static Panel unmeasured() {
    return stat("Not measured")
        .says(
            "Containers that the runtime lists but nobody can measure, or that run unlisted. More"
                + " than none: a permission is missing.")
        .wide(4)
        .unit(Unit.NONE)
        .decimals(0)
        .from(0)
        .thresholds(warn(1))
        .asks(Query.of("sum(" + here("oriel_container_discrepancies") + ")", "Not measured"))
        .context("listed or seen, not both");
  }

  private static Panel cpuByContainer() {
    return timeseries("CPU by container")
        .subtitle("cores, the ten busiest")
        .says("Cores that each container uses.")
        .wide(12)
        .unit(Unit.NONE)
        .decimals(2)
        .from(0)
        .asks(
            Query.of(
                "topk(10, sum by (name) ("
                    + rate(here("container_cpu_usage_seconds_total", NAMED))
                    + "))",
                LEGEND));
  }

  private static Panel memoryByContainer() {
    return timeseries("Memory by container")
        .subtitle("the ten largest")
        .says("Memory that each container holds and that can't be given back at once.")
        .wide(12)
        .unit(Unit.BYTES)
        .decimals(1)
        .from(0)
        .asks(
            Query.of(
                "topk(10, sum by (name) ("
                    + here("container_memory_working_set_bytes", NAMED)
                    + "))",
                LEGEND));
  }

  private static Panel nearLimit() {
    String used = "sum by (name) (" + here("container_memory_working_set_bytes", NAMED) + ")";
    String limit = "sum by (name) (" + here("container_spec_memory_limit_bytes", NAMED) + " > 0)";
    return bars("Memory of its limit")
        .subtitle("now")
        .says(
            "Containers with a limit of memory, and how much of it they hold. At the limit the"
                + " kernel ends a process inside.")
        .wide(8)
        .unit(Unit.SHARE)
        .decimals(0)
        .from(0)
        .to(1)
        .thresholds(warn(0.85).critical(0.95))
        .without("no container has a limit of memory")
        .asks(Query.of(used + " / " + limit, LEGEND).now());
  }

  private static Panel network() {
    return timeseries("Network")
        .subtitle("in, and out below; the ten busiest")
        .says("Bits each second of each container with a network of its own.")
        .unit(Unit.BITS_PER_SECOND)
        .decimals(1)
        .without("no container here has a network of its own")
        .asks(
            Query.of(
                "topk(10, sum by (name) ("
                    + rate(here("container_network_receive_bytes_total", NAMED))
                    + ")) * 8",
                LEGEND + " in"),
            Query.of(
                "topk(10, sum by (name) ("
                    + rate(here("container_network_transmit_bytes_total", NAMED))
                    + ")) * 8",
                LEGEND + " out"))
        .override(FieldOverride.ofQuery('B').mirrored());
  }

  private static Panel blocks() {
    return timeseries("Disk")
        .subtitle("read, and written below; the ten busiest")
        .says("Bytes each second that each container reads from and writes to disks.")
        .unit(Unit.DECIMAL_BYTES_PER_SECOND)
        .decimals(1)
        .without("no container reads or writes")
        .asks(
            Query.of(
                "topk(10, sum by (name) ("
                    + rate(here("container_fs_reads_bytes_total", NAMED))
                    + "))",
                LEGEND + " read"),
            Query.of(
                "topk(10, sum by (name) ("
                    + rate(here("container_fs_writes_bytes_total", NAMED))
                    + "))",
                LEGEND + " written"))
        .override(FieldOverride.ofQuery('B').mirrored());
  }

  private static Panel all() {
    return table("Containers")
        .subtitle("now")
        .says("Every container with its state, its class and how long it runs.")
        .wide(24)
        .asks(
            Query.of(
                    "max by (container, image, state) (" + here("oriel_container_state") + ")",
                    "State")
                .asTable(),
            Query.of(
                    "max by (container, class, restart_policy) ("
                        + here("oriel_container_info")
                        + ")",
                    "Info")
                .asTable(),
            Query.of("max by (container) (" + here("oriel_container_uptime_seconds") + ")", "Up")
                .asTable(),
            Query.of(
                    "max by (container) (" + here("oriel_container_restarts_total") + ")",
                    "Restarts")
                .asTable())
        .transform("merge")
        .transform(
            "organize",
            "indexByName",
            new TreeMap<>(
                Map.of(
                    "container", 0,
                    "image", 1,
                    "state", 2,
                    "class", 3,
                    "restart_policy", 4,
                    "Value #C", 5,
                    "Value #D", 6)),
            "excludeByName",
            new TreeMap<>(Map.of("Time", true, "Value #A", true, "Value #B", true)),
            "renameByName",
            new TreeMap<>(
                Map.of(
                    "container", "Container",
                    "image", "Image",
                    "state", "State",
                    "class", "Class",
                    "restart_policy", "Restarted",
                    "Value #C", "Up",
                    "Value #D", "Restarts")))
        .override(
            FieldOverride.named("Up").unit(Unit.LONG_SECONDS),
            FieldOverride.named("Restarts").set("decimals", 0))
        .option(
            "sortBy", List.of(new TreeMap<>(Map.of("displayName", "Container", "desc", false))));
  }
}
