package io.oriel.collect.container;

import io.oriel.collect.container.Usage.NetworkUse;
import java.util.List;

/**
 * Reads a network namespace's interfaces from {@code /proc/PID/net/dev} of one of its processes.
 */
final class NetDev {
  /** Not the container's own traffic with others: itself, and those of containers within it. */
  private static final List<String> INNER = List.of("lo", "veth", "docker", "nerdctl");

  private static final int MOST = 64;
  private static final int COLUMNS = 17;

  private NetDev() {}

  /** False when the process is gone or may not be looked at. */
  static boolean read(KernelText text, String path, List<NetworkUse> into) {
    if (!text.read(path)) return false;
    while (text.line() && into.size() < MOST) {
      // the first number may stand at the colon: eth0:123
      String[] words = String.join(" ", text.words()).replaceFirst(":", ": ").split(" +");
      if (words.length < COLUMNS || !words[0].endsWith(":")) continue;
      String name = words[0].substring(0, words[0].length() - 1);
      if (INNER.stream().anyMatch(name::startsWith)) continue;
      into.add(new NetworkUse(name, counts(words, 1), counts(words, 9)));
    }
    return true;
  }

  /** Bytes, packets, errors, dropped stand in this order, both ways. */
  private static double[] counts(String[] words, int from) {
    double[] counts = new double[4];
    for (int i = 0; i < counts.length; i++) counts[i] = number(words[from + i]);
    return counts;
  }

  private static double number(String word) {
    try {
      return Double.parseDouble(word); // the kernel counts in unsigned 64 bits
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
