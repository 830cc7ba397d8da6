package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** InfiniBand ports. Data is counted in words of four bytes. */
final class InfiniBand {
  private record Counter(String file, Metric metric, double divisor) {}

  private static final Metric INFO =
      Metric.gauge("node_infiniband_info", "1, with what the device is as labels.");
  private static final Metric STATE =
      Metric.gauge("node_infiniband_state_id", "State of the port; 4 is active.");
  private static final Metric PHYSICAL =
      Metric.gauge("node_infiniband_physical_state_id", "State of the line; 5 is linked.");
  private static final Metric RATE =
      Metric.gauge("node_infiniband_rate_bytes_per_second", "Bytes per second of the line.");
  private static final double WORDS = 1.0 / 4;
  private static final List<Counter> COUNTERS =
      List.of(
          counter("port_rcv_data", "port_data_received_bytes_total", WORDS),
          counter("port_xmit_data", "port_data_transmitted_bytes_total", WORDS),
          counter("port_rcv_packets", "port_packets_received_total", 1),
          counter("port_xmit_packets", "port_packets_transmitted_total", 1),
          counter("unicast_rcv_packets", "unicast_packets_received_total", 1),
          counter("unicast_xmit_packets", "unicast_packets_transmitted_total", 1),
          counter("multicast_rcv_packets", "multicast_packets_received_total", 1),
          counter("multicast_xmit_packets", "multicast_packets_transmitted_total", 1),
          counter("port_rcv_errors", "port_errors_received_total", 1),
          counter("port_rcv_discards", "port_discards_received_total", 1),
          counter("port_xmit_discards", "port_discards_transmitted_total", 1),
          counter("port_rcv_constraint_errors", "port_constraint_errors_received_total", 1),
          counter("port_xmit_constraint_errors", "port_constraint_errors_transmitted_total", 1),
          counter("port_xmit_wait", "port_transmit_wait_total", 1),
          counter("link_downed", "link_downed_total", 1),
          counter("link_error_recovery", "link_error_recovery_total", 1));

  private InfiniBand() {}

  private static Counter counter(String file, String name, double divisor) {
    String help = "Counter " + file + " of the port.";
    return new Counter(file, Metric.counter("node_infiniband_" + name, help), divisor);
  }

  static Part part(KernelFiles files, Roots roots) {
    var metrics = new ArrayList<>(COUNTERS.stream().map(Counter::metric).toList());
    metrics.addAll(List.of(INFO, STATE, PHYSICAL, RATE));
    return new Scanned(
        "infiniband",
        metrics,
        files,
        Scanned.EACH_ROUND, // states are words
        rows -> scan(files, roots.sys("class/infiniband"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) throws Unreadable {
    List<String> devices = files.list(folder);
    if (devices.isEmpty()) throw Unreadable.nothingHere("no devices under " + folder);
    for (String device : devices) {
      String path = folder + "/" + device;
      var info = Labels.builder().set("device", device);
      set(info, "board_id", files.line(path + "/board_id"));
      set(info, "firmware_version", files.line(path + "/fw_ver"));
      set(info, "hca_type", files.line(path + "/hca_type"));
      rows.fact(INFO, info.build(), 1);
      for (String port : files.list(path + "/ports")) {
        port(files, path + "/ports/" + port, Labels.of("device", device, "port", port), rows);
      }
    }
  }

  private static void set(Labels.Builder info, String label, @Nullable String value) {
    if (value != null) info.set(label, value);
  }

  private static void port(KernelFiles files, String path, Labels labels, Rows rows) {
    for (Counter counter : COUNTERS) {
      String file = path + "/counters/" + counter.file;
      if (files.tryRead(file) != null) rows.live(counter.metric, labels, file, counter.divisor);
    }
    Text state = files.tryRead(path + "/state"); // "4: ACTIVE"
    if (state != null) rows.fact(STATE, labels, state.firstNumber());
    Text physical = files.tryRead(path + "/phys_state");
    if (physical != null) rows.fact(PHYSICAL, labels, physical.firstNumber());
    Text rate = files.tryRead(path + "/rate"); // "100 Gb/sec (4X EDR)"
    if (rate != null && rate.line()) rows.fact(RATE, labels, rate.decimal() * 1e9 / 8);
  }
}
