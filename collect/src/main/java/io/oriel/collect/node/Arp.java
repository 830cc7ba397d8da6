package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Neighbours known on each network device. */
final class Arp implements Part {
  private static final Metric ENTRIES =
      Metric.gauge("node_arp_entries", "Neighbours whose address is known, by device.");

  private static final class Device {
    final Labels labels;
    int entries;

    Device(String name) {
      labels = Labels.of("device", name);
    }
  }

  private final KernelFiles.KeptFile file;
  private final Known<Device> known = new Known<>(Device::new);
  private final List<Device> found = new ArrayList<>();

  Arp(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("net/arp"));
  }

  @Override
  public String name() {
    return "arp";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(ENTRIES);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    found.clear();
    text.line(); // the headings
    while (text.line()) {
      text.skip(5);
      if (!text.word()) continue;
      Device device = known.of(text);
      if (!found.contains(device)) {
        device.entries = 0;
        found.add(device);
      }
      device.entries++;
    }
    for (int i = 0; i < found.size(); i++) {
      out.tell(ENTRIES, found.get(i).labels, found.get(i).entries);
    }
  }
}
