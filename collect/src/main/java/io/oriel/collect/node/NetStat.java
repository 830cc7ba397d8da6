package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Protocol counters since boot. Two files have pairs of lines (names, then values), the third a
 * name and a value a line. Told are the fields that node_exporter tells by default.
 */
final class NetStat implements Part {
  private static final Pattern TOLD =
      Pattern.compile(
          "(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)"
              + "|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts"
              + "|TCPOFOQueue|TCPRcvQDrop)|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens"
              + "|RetransSegs|CurrEstab)|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors"
              + "|SndbufErrors))");

  /** A line of names, worked out once: it stays the same until the machine boots another kernel. */
  private static final class Headings {
    byte[] line = {};
    final List<Metric> metrics = new ArrayList<>();

    void update(Text text) {
      if (text.lineEquals(line)) return;
      line = text.lineBytes();
      metrics.clear();
      text.word();
      text.trimEnd(':');
      String protocol = text.wordString();
      while (text.word()) metrics.add(metric(protocol, text.wordString()));
    }
  }

  private final List<KernelFiles.KeptFile> pairs;
  private final KernelFiles.KeptFile snmp6;
  private final List<Headings> headings = new ArrayList<>();
  private final Known<Metric> fields6 = new Known<>(NetStat::metric6);

  NetStat(KernelFiles files, Roots roots) {
    this.pairs = List.of(files.keep(roots.proc("net/netstat")), files.keep(roots.proc("net/snmp")));
    this.snmp6 = files.keep(roots.proc("net/snmp6"));
  }

  private static Metric metric(String protocol, String field) {
    String name = protocol + "_" + field;
    if (!TOLD.matcher(name).matches()) return Untold.NONE;
    return Metric.untyped(
        "node_netstat_" + name,
        "Protocol " + protocol + ", field " + field + " of its statistics.");
  }

  /** {@code Ip6InOctets} is field InOctets of Ip6. */
  private static Metric metric6(String name) {
    int six = name.indexOf('6');
    return six < 0 ? Untold.NONE : metric(name.substring(0, six + 1), name.substring(six + 1));
  }

  @Override
  public String name() {
    return "netstat";
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public void read(Readings out) throws Unreadable {
    int line = 0;
    for (int i = 0; i < pairs.size(); i++) {
      Text text = pairs.get(i).read();
      for (; text.line(); line++) {
        if (line == headings.size()) headings.add(new Headings());
        headings.get(line).update(text);
        if (text.line()) tell(headings.get(line), text, out);
      }
    }
    Text text = snmp6.tryRead(); // missing where IPv6 is switched off
    if (text == null) return;
    while (text.line()) {
      text.word();
      Metric metric = fields6.of(text);
      if (Untold.isTold(metric) && text.word()) out.tell(metric, text.wordUnsigned());
    }
  }

  private static void tell(Headings headings, Text text, Readings out) {
    text.word(); // the protocol again
    for (int i = 0; i < headings.metrics.size() && text.word(); i++) {
      Metric metric = headings.metrics.get(i);
      if (Untold.isTold(metric)) out.tell(metric, text.wordUnsigned());
    }
  }
}
