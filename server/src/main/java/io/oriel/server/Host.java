package io.oriel.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine; asked of the kernel, since asking DNS may take seconds. */
final class Host {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private Host() {}

  static String name() {
    try {
      String name = Files.readString(KERNEL).strip();
      if (!name.isEmpty()) return name;
    } catch (IOException _) {
      // not Linux: the slower way
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }
}
