package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel's own answer, on this machine. */
class TcpStatTest {
  private static final int LISTENERS = 40; // more than come and go meanwhile

  private static double told(TcpStat part, String state) throws Unreadable {
    var out = new Readings();
    out.begin();
    part.read(out);
    double value = Told.of(out).of("node_tcp_connection_states{state=\"" + state + "\"}");
    return Double.isNaN(value) ? 0 : value;
  }

  @Test
  void connections_of_both_families_are_counted_by_state() throws Exception {
    try (var files = new KernelFiles()) {
      var part = new TcpStat(files);
      for (String address : List.of("127.0.0.1", "::1")) {
        if (address.equals("::1") && !hasIpv6()) continue;
        var opened = new ArrayList<AutoCloseable>();
        double before = told(part, "listen");
        double connectedBefore = told(part, "established");
        for (int i = 0; i < LISTENERS; i++) {
          var server = new ServerSocket(0, 1, InetAddress.getByName(address));
          opened.add(server);
          opened.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        }

        double listening = told(part, "listen") - before;
        double connected = told(part, "established") - connectedBefore;

        for (AutoCloseable each : opened) each.close();
        assertThat(listening).as(address).isBetween(LISTENERS - 10.0, LISTENERS + 10.0);
        assertThat(connected).as(address).isBetween(2 * LISTENERS - 20.0, 2 * LISTENERS + 20.0);
      }
    }
  }

  private static boolean hasIpv6() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
      return !(socket.getInetAddress() instanceof Inet4Address);
    } catch (IOException _) {
      return false;
    }
  }
}
