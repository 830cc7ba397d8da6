package io.oriel.collect.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the path of a control group says of its container.
 *
 * @param runtime as in {@link ProcessOwner.Owner}
 */
record CgroupName(String runtime, String id) {
  private static final int DIGITS = 64;
  private static final String LXC = "/lxc/";

  /** What stands before the id, in the same folder's name, and whose that is. */
  private record Prefix(String text, String runtime) {}

  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("docker-", "docker"),
          new Prefix("libpod-payload-", "podman"),
          new Prefix("libpod-", "podman"),
          new Prefix("cri-containerd-", "containerd"),
          new Prefix("crio-", "cri-o"),
          new Prefix("/docker/", "docker"),
          new Prefix("/libpod_parent/", "podman"));

  /** Of a monitor beside a container, not of the container. */
  private static final List<String> MONITORS = List.of("conmon");

  /** Null where the path is that of no container. The last id in it counts: containers nest. */
  static @Nullable CgroupName of(String path) {
    for (int end = path.length(); end >= DIGITS; end--) {
      int start = end - DIGITS;
      if (!isId(path, start, end)) continue;
      String before = path.substring(0, start);
      int folder = before.lastIndexOf('/') + 1;
      if (MONITORS.stream().anyMatch(word -> before.indexOf(word, folder) >= 0)) return null;
      return new CgroupName(runtime(before), path.substring(start, end));
    }
    return lxc(path);
  }

  private static boolean isId(String path, int start, int end) {
    if (end < path.length() && isDigit(path.charAt(end))) return false;
    if (start > 0 && isDigit(path.charAt(start - 1))) return false;
    for (int i = start; i < end; i++) {
      if (!isDigit(path.charAt(i))) return false;
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static String runtime(String before) {
    for (Prefix prefix : PREFIXES) {
      if (before.endsWith(prefix.text())) return prefix.runtime();
    }
    return before.contains("/kubepods") ? "containerd" : "container";
  }

  /** {@code /lxc/101/ns/init.scope}: the number is the container's, as Proxmox shows it. */
  private static @Nullable CgroupName lxc(String path) {
    int at = path.indexOf(LXC);
    if (at < 0) return null;
    int start = at + LXC.length();
    int slash = path.indexOf('/', start);
    String number = slash < 0 ? path.substring(start) : path.substring(start, slash);
    return number.isEmpty() ? null : new CgroupName("lxc", number);
  }
}
