package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes that wait in the queues of all UDP sockets. */
final class UdpQueues implements Part {
  private static final Metric QUEUES =
      Metric.gauge("node_udp_queues", "Bytes waiting in the queues of UDP sockets.");

  private record Family(KernelFiles.KeptFile file, Labels rx, Labels tx) {}

  private final List<Family> families;

  UdpQueues(KernelFiles files, Roots roots) {
    this.families =
        List.of(
            family(files.keep(roots.proc("net/udp")), "v4"),
            family(files.keep(roots.proc("net/udp6")), "v6"));
  }

  private static Family family(KernelFiles.KeptFile file, String ip) {
    return new Family(file, Labels.of("ip", ip, "queue", "rx"), Labels.of("ip", ip, "queue", "tx"));
  }

  @Override
  public String name() {
    return "udp_queues";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(QUEUES);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    boolean any = false;
    for (int i = 0; i < families.size(); i++) any |= tell(families.get(i), out);
    if (!any) throw Unreadable.nothingHere("no /proc/net/udp");
  }

  private static boolean tell(Family family, Readings out) {
    @Nullable Text text = family.file.tryRead();
    if (text == null) return false;
    long tx = 0;
    long rx = 0;
    text.line(); // the headings
    while (text.line()) {
      text.skip(4);
      text.word(); // tx_queue:rx_queue, both with eight digits
      if (text.wordLength() < 17) continue;
      tx += text.wordHex(0, 8);
      rx += text.wordHex(9, 17);
    }
    out.tell(QUEUES, family.tx, tx);
    out.tell(QUEUES, family.rx, rx);
    return true;
  }
}
