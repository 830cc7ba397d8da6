package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the system calls itself. Dashboards find machines by this series. */
final class Uname implements Part {
  private static final Metric INFO =
      Metric.gauge("node_uname_info", "1, with the system's names as labels.");
  private static final String[] FIELDS = {
    "sysname", "nodename", "release", "version", "machine", "domainname"
  };
  private static final int WIDTH = 65; // bytes a field in struct utsname
  private static final MethodHandle UNAME =
      Libc.function("uname", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

  private final Libc libc;
  private final MemorySegment names;
  private final MemorySegment before;
  private Labels labels = Labels.EMPTY;

  Uname(KernelFiles files) {
    this.libc = files.libc();
    this.names = files.arena().allocate(FIELDS.length * (long) WIDTH);
    this.before = files.arena().allocate(names.byteSize());
  }

  @Override
  public String name() {
    return "uname";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(INFO);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    if (call() != 0) throw Unreadable.because("uname: " + Libc.reason(libc.errno()));
    if (names.mismatch(before) >= 0) {
      before.copyFrom(names);
      labels = labels();
    }
    out.tell(INFO, labels, 1);
  }

  private int call() {
    try {
      return (int) UNAME.invokeExact(libc.state(), names.address());
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }

  private Labels labels() {
    var all = Labels.builder();
    for (int i = 0; i < FIELDS.length; i++) {
      all.set(FIELDS[i], names.getString(i * (long) WIDTH, StandardCharsets.UTF_8));
    }
    return all.build();
  }
}
