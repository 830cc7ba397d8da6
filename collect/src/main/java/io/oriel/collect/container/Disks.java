package io.oriel.collect.container;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The names of disks by their numbers: {@code 259:0} is {@code /dev/nvme0n1}. */
final class Disks {
  private final Path folder;
  private final Map<String, String> names = new HashMap<>();
  private final KernelText text;

  /**
   * @param sys where the host's {@code /sys} is seen
   */
  Disks(Path sys, KernelText text) {
    this.folder = sys.resolve("dev/block");
    this.text = text;
  }

  /** Empty for one that is not there; its traffic is told with its numbers alone. */
  String name(String numbers) {
    if (names.size() > 10_000) names.clear();
    return names.computeIfAbsent(numbers, this::look);
  }

  private String look(String numbers) {
    if (!numbers.matches("[0-9]+:[0-9]+")) return "";
    if (!text.read(folder.resolve(numbers).resolve("uevent").toString())) return "";
    for (String line : text.all().split("\n", -1)) {
      if (line.startsWith("DEVNAME=")) return "/dev/" + line.substring("DEVNAME=".length());
    }
    return "";
  }
}
