package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.ArrayList;
import java.util.List;

/** What each network device is and whether its line is up. */
final class NetClass implements Part {
  private static final Metric UP =
      Metric.gauge("node_network_up", "1 when the device is up; loopback is unknown, so 0.");
  private static final Metric INFO =
      Metric.gauge("node_network_info", "1, with what the device is as labels.");

  /** A file of a device that holds one number. */
  private record Attribute(String file, Metric metric, double factor) {}

  private static final double MEGABITS = 1e6 / 8;
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          gauge("addr_assign_type", "address_assign_type", "How the address was given."),
          gauge("carrier", "carrier", "1 when the line is there."),
          counter("carrier_changes", "carrier_changes_total", "How often the line came or went."),
          counter("carrier_up_count", "carrier_up_changes_total", "How often the line came."),
          counter("carrier_down_count", "carrier_down_changes_total", "How often the line went."),
          gauge("dev_id", "device_id", "Number that parts one card's devices."),
          gauge("dormant", "dormant", "1 when the device waits for something outside."),
          gauge("flags", "flags", "Flags of the device, as the kernel keeps them."),
          gauge("ifindex", "iface_id", "Number of the device."),
          gauge("iflink", "iface_link", "Number of the device below this one."),
          gauge("link_mode", "iface_link_mode", "How the device decides that it is up."),
          gauge("mtu", "mtu_bytes", "Largest packet in bytes."),
          gauge("name_assign_type", "name_assign_type", "How the name was given."),
          gauge("netdev_group", "net_dev_group", "Group of the device."),
          new Attribute(
              "speed",
              Metric.gauge("node_network_speed_bytes", "Bytes per second of the line."),
              MEGABITS),
          gauge("tx_queue_len", "transmit_queue_length", "Packets that may wait to be sent."),
          gauge("type", "protocol_type", "Kind of the link layer."));

  private final KernelFiles files;
  private final NativePath folder;
  private final Known<NetDevice> known;
  private final List<NetDevice> found = new ArrayList<>();

  NetClass(KernelFiles files, Roots roots) {
    this.files = files;
    String path = roots.sys("class/net");
    this.folder = NativePath.of(path);
    this.known =
        new Known<>(name ->
            new NetDevice(
                name, path + "/" + name, ATTRIBUTES.stream().map(Attribute::file).toList()));
  }

  private static Attribute gauge(String file, String name, String help) {
    return new Attribute(file, Metric.gauge("node_network_" + name, help), 1);
  }

  private static Attribute counter(String file, String name, String help) {
    return new Attribute(file, Metric.counter("node_network_" + name, help), 1);
  }

  @Override
  public String name() {
    return "netclass";
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(ATTRIBUTES.stream().map(Attribute::metric).toList());
    metrics.addAll(List.of(UP, INFO));
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text names = files.names(folder);
    if (names == null) throw Unreadable.nothingHere("no /sys/class/net");
    found.clear();
    while (names.line()) {
      names.rest();
      found.add(known.of(names));
    }
    for (int i = 0; i < found.size(); i++) tell(found.get(i), out);
  }

  private void tell(NetDevice device, Readings out) {
    if (!device.look(files)) return; // bonding_masters is a file
    for (int i = 0; i < ATTRIBUTES.size(); i++) {
      double raw = device.value(i);
      if (Double.isNaN(raw)) continue; // many say EINVAL while the device is down
      Attribute attribute = ATTRIBUTES.get(i);
      out.tell(attribute.metric, device.labels(), raw * attribute.factor);
    }
    out.tell(UP, device.labels(), device.isUp() ? 1 : 0);
    out.tell(INFO, device.info(), 1);
  }
}
