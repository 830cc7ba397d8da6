package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.KernelFiles.HeldFile;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Traffic of each network device since boot. */
final class NetDev implements Part {
  /** The columns of /proc/net/dev in its order. */
  private static final List<Metric> COLUMNS =
      List.of(
          receive("bytes", "Bytes received."),
          receive("packets", "Packets received."),
          receive("errs", "Packets received with an error."),
          receive("drop", "Packets received and dropped."),
          receive("fifo", "Packets lost because a queue of the device was full."),
          receive("frame", "Packets received with a broken frame."),
          receive("compressed", "Compressed packets received."),
          receive("multicast", "Multicast packets received."),
          transmit("bytes", "Bytes sent."),
          transmit("packets", "Packets sent."),
          transmit("errs", "Packets that could not be sent."),
          transmit("drop", "Packets dropped before they were sent."),
          transmit("fifo", "Packets lost because a queue of the device was full."),
          transmit("colls", "Collisions seen while sending."),
          transmit("carrier", "Packets lost because the line was down."),
          transmit("compressed", "Compressed packets sent."));

  private static final Metric NOHANDLER =
      receive("nohandler", "Packets received that nobody waited for.");

  private record Device(Labels labels, NativePath nohandler, HeldFile file) {}

  private final KernelFiles files;
  private final KernelFiles.KeptFile file;
  private final Known<Device> known;
  private final List<Device> found = new ArrayList<>();

  NetDev(KernelFiles files, Roots roots) {
    this.files = files;
    this.file = files.keep(roots.proc("net/dev"));
    this.known =
        new Known<>(name ->
            new Device(
                Labels.of("device", name),
                NativePath.of(roots.sys("class/net/" + name + "/statistics/rx_nohandler")),
                new HeldFile()));
  }

  private static Metric receive(String what, String help) {
    return Metric.counter("node_network_receive_" + what + "_total", help);
  }

  private static Metric transmit(String what, String help) {
    return Metric.counter("node_network_transmit_" + what + "_total", help);
  }

  @Override
  public String name() {
    return "netdev";
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(COLUMNS);
    metrics.add(NOHANDLER);
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    found.clear();
    while (text.line()) {
      if (!text.upTo(':')) continue; // the two lines of headings
      Device device = known.of(text);
      found.add(device);
      for (int i = 0; i < COLUMNS.size() && text.word(); i++) {
        out.tell(COLUMNS.get(i), device.labels, text.wordUnsigned());
      }
    }
    for (int i = 0; i < found.size(); i++) tellNoHandler(found.get(i), out);
  }

  private void tellNoHandler(Device device, Readings out) {
    Text count = files.tryReadPiece(device.nohandler, device.file);
    if (count != null) out.tell(NOHANDLER, device.labels, count.firstNumber());
  }
}
