package io.oriel.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on loopback. */
final class Ports {
  private static final int LOW = 20_000;
  private static final int HIGH = 30_000; // below the range that the kernel gives to clients

  private Ports() {}

  static int free() throws IOException {
    for (int i = 0; i < 1000; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOW, HIGH);
      if (isFree(port)) return port;
    }
    throw new IOException("no free port between " + LOW + " and " + HIGH);
  }

  /** A port whose next one is free too: Oriel's Prometheus listener stands there. */
  static int freePair() throws IOException {
    for (int i = 0; i < 1000; i++) {
      int port = free();
      if (isFree(port + 1)) return port;
    }
    throw new IOException("no two free ports side by side");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
