package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** Sockets in use, by protocol. Memory comes in pages and is told in bytes too. */
final class SockStat implements Part {
  private record Field(Metric plain, Metric bytes, boolean memory) {}

  private final List<KernelFiles.KeptFile> sources;
  private final long pageSize;
  private final Known<Known<Field>> protocols =
      new Known<>(protocol -> new Known<>(field -> field(protocol, field)));

  SockStat(KernelFiles files, Roots roots) {
    this.sources =
        List.of(files.keep(roots.proc("net/sockstat")), files.keep(roots.proc("net/sockstat6")));
    this.pageSize = files.libc().pageSize();
  }

  private static Field field(String protocol, String field) {
    String name = "node_sockstat_" + protocol + "_" + field;
    String help = "Sockets of " + protocol + ", field " + field + " of sockstat";
    return new Field(
        Metric.gauge(name, help + "."),
        Metric.gauge(name + "_bytes", help + ", in bytes."),
        field.equals("mem"));
  }

  @Override
  public String name() {
    return "sockstat";
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public void read(Readings out) throws Unreadable {
    boolean any = false;
    for (int i = 0; i < sources.size(); i++) {
      Text text = sources.get(i).tryRead();
      if (text == null) continue; // no sockstat6 where IPv6 is switched off
      any = true;
      while (text.line()) tell(text, out);
    }
    if (!any) throw Unreadable.nothingHere("no /proc/net/sockstat");
  }

  private void tell(Text text, Readings out) {
    if (!text.upTo(':')) return;
    Known<Field> fields = protocols.of(text);
    while (text.word()) {
      Field field = fields.of(text);
      long value = text.number();
      out.tell(field.plain, value);
      if (field.memory) out.tell(field.bytes, value * pageSize);
    }
  }
}
