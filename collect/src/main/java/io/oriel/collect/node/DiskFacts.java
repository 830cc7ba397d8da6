package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;

/** What a disk is: its labels, put together once from /sys and from what udev knows of it. */
final class DiskFacts {
  static final Metric INFO = Metric.gauge("node_disk_info", "1, with what the disk is as labels.");

  private DiskFacts() {}

  static Labels labels(String disk, KernelFiles files, Roots roots) {
    String folder = roots.sys("block/" + disk.replace('/', '!') + "/");
    String dev = files.line(folder + "/dev");
    String number = dev == null ? ":" : dev;
    int colon = number.indexOf(':');
    var labels =
        Labels.builder()
            .set("device", disk)
            .set("major", number.substring(0, colon))
            .set("minor", number.substring(colon + 1));
    String rotational = files.line(folder + "/queue/rotational");
    if (rotational != null) labels.set("rotational", rotational);
    Text udev = files.tryRead(roots.root("/run/udev/data/b" + number));
    while (udev != null && udev.line()) {
      if (!udev.upTo('=')) continue;
      String label = label(udev.wordString());
      udev.rest();
      if (!label.isEmpty() && labels.get(label) == null) labels.set(label, udev.wordString());
    }
    return labels.build();
  }

  private static String label(String property) {
    return switch (property) {
      case "E:ID_PATH" -> "path";
      case "E:ID_WWN" -> "wwn";
      case "E:ID_MODEL" -> "model";
      case "E:SCSI_IDENT_SERIAL", "E:ID_SERIAL_SHORT" -> "serial";
      case "E:ID_REVISION" -> "revision";
      default -> "";
    };
  }
}
