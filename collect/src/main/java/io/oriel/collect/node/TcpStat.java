package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * TCP connections by state, and the bytes in their queues. Asked of the kernel by netlink, which on
 * a machine with many connections is far cheaper than its text file. Layouts: sock_diag(7).
 */
final class TcpStat implements Part {
  private static final Metric STATES =
      Metric.gauge("node_tcp_connection_states", "TCP connections in each state, bytes in queues.");
  private static final String[] NAMES = {
    "",
    "established",
    "syn_sent",
    "syn_recv",
    "fin_wait1",
    "fin_wait2",
    "time_wait",
    "close",
    "close_wait",
    "last_ack",
    "listen",
    "closing"
  };
  private static final Labels RECEIVED = Labels.of("state", "rx_queued_bytes");
  private static final Labels SENT = Labels.of("state", "tx_queued_bytes");
  private static final Labels[] LABELS =
      Arrays.stream(NAMES).map(name -> Labels.of("state", name)).toArray(Labels[]::new);

  private static final int TCPDIAG_GETSOCK = 18; // the older question: both families in one walk
  private static final int DUMP = 0x301; // NLM_F_REQUEST, NLM_F_DUMP
  private static final int EVERY_STATE = 0xfff;
  private static final int REQUEST = 76; // bytes: a header of 16, inet_diag_req
  private static final int HEADER = 16;
  private static final int STATES_ASKED = HEADER + 4 + 48; // behind a socket's id
  private static final int STATE = HEADER + 1;
  private static final int RX_QUEUE = HEADER + 56;
  private static final int TX_QUEUE = HEADER + 60;

  private final Netlink netlink;
  private final MemorySegment request;
  private final Netlink.Visitor counting = this::count;
  private final long[] counts = new long[NAMES.length];
  private long received;
  private long sent;

  TcpStat(KernelFiles files) {
    this.netlink = new Netlink(files);
    this.request = files.arena().allocate(REQUEST, 8);
    request.set(JAVA_INT_UNALIGNED, 0, REQUEST);
    request.set(JAVA_INT_UNALIGNED, 4, DUMP << 16 | TCPDIAG_GETSOCK);
    request.set(JAVA_INT_UNALIGNED, STATES_ASKED, EVERY_STATE);
  }

  @Override
  public String name() {
    return "tcpstat";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(STATES);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Arrays.fill(counts, 0);
    received = 0;
    sent = 0;
    netlink.dump(request, counting);
    for (int state = 1; state < counts.length; state++) {
      if (counts[state] > 0) out.tell(STATES, LABELS[state], counts[state]);
    }
    out.tell(STATES, RECEIVED, received);
    out.tell(STATES, SENT, sent);
  }

  private void count(MemorySegment answer, long at) {
    int state = answer.get(JAVA_BYTE, at + STATE);
    if (state > 0 && state < counts.length) counts[state]++;
    received += Integer.toUnsignedLong(answer.get(JAVA_INT_UNALIGNED, at + RX_QUEUE));
    sent += Integer.toUnsignedLong(answer.get(JAVA_INT_UNALIGNED, at + TX_QUEUE));
  }
}
