package io.oriel.collect.node;

import io.oriel.collect.dbus.Bus;
import io.oriel.collect.dbus.BusCall;
import io.oriel.collect.dbus.BusException;
import io.oriel.collect.dbus.BusReply;
import io.oriel.collect.node.SystemdUnit.Quantity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What systemd says over a connection to the bus: its units and their states, and of some units
 * more. Interfaces and types: org.freedesktop.systemd1(5).
 */
final class SystemdManager implements AutoCloseable {
  private static final String SERVICE = "org.freedesktop.systemd1";
  private static final String PATH = "/org/freedesktop/systemd1";
  private static final String OWNER = SERVICE + ".Manager";
  private static final String UNITS = "a(ssssssouso)";

  // node_exporter's default: what comes and goes by the hundred is out
  private static final Pattern LEFT_OUT =
      Pattern.compile(".+\\.(automount|device|mount|scope|slice)");

  private final Bus bus;
  private ByteBuffer before = ByteBuffer.allocate(0);
  private final Map<String, SystemdUnit> known = new HashMap<>();
  private final List<SystemdUnit> units = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  SystemdManager(Bus bus) {
    this.bus = bus;
  }

  /** Begins a round: how long all its questions may take. */
  void begin(Duration patience) {
    bus.within(patience);
  }

  /** A property of systemd itself; empty where it has none such. */
  String property(String name) throws BusException {
    BusReply reply = bus.ask(BusCall.property(SERVICE, PATH, OWNER, name));
    return reply.isError() ? "" : reply.expectVariant("s").string();
  }

  /** Brings the units up to date. */
  void look() throws BusException {
    BusReply reply = bus.ask(BusCall.of(SERVICE, PATH, OWNER, "ListUnits")).expect(UNITS);
    ByteBuffer body = reply.body();
    if (body.equals(before)) return; // as in nearly every round
    before = ByteBuffer.allocate(body.remaining()).put(body).flip();
    units.clear();
    counts.clear();
    for (String state : SystemdUnit.STATES) counts.put(state, 0);
    int end = reply.array(8);
    while (reply.isBefore(end)) read(reply);
    known.values().retainAll(Set.copyOf(units));
  }

  private void read(BusReply reply) throws BusException {
    reply.struct();
    String name = reply.string();
    reply.skipString(); // description
    boolean loaded = reply.string().equals("loaded");
    String state = reply.string();
    reply.skipString(); // the state within the state
    reply.skipString(); // whom it follows
    String path = reply.string();
    reply.uint32(); // the job under way: number, type, path
    reply.skipString();
    reply.skipString();
    counts.merge(state, 1, Integer::sum);
    if (!loaded || LEFT_OUT.matcher(name).matches()) return;
    SystemdUnit unit = known.computeIfAbsent(name, _ -> new SystemdUnit(name, path));
    unit.state = state;
    units.add(unit);
  }

  /** The loaded units of the kinds that are told, in systemd's order. */
  List<SystemdUnit> units() {
    return units;
  }

  /** How many units of all kinds are in each state. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** Asks of which type services are, those of which it is not known. */
  void askTypes() throws BusException {
    List<SystemdUnit> untyped =
        units.stream().filter(unit -> unit.isService() && !unit.isTyped).toList();
    List<BusReply> replies =
        bus.ask(untyped.stream().map(unit -> property(unit, "Service", "Type")).toList());
    for (int i = 0; i < untyped.size(); i++) {
      SystemdUnit unit = untyped.get(i);
      unit.isTyped = true;
      if (!replies.get(i).isError()) unit.setType(replies.get(i).expectVariant("s").string());
    }
  }

  /** Asks for the quantities of all units. */
  void askQuantities() throws BusException {
    var asked = new ArrayList<Entry<SystemdUnit, Integer>>();
    var calls = new ArrayList<BusCall>();
    for (SystemdUnit unit : units) {
      for (int i = 0; i < SystemdUnit.QUANTITIES.size(); i++) {
        Quantity quantity = SystemdUnit.QUANTITIES.get(i);
        if (!unit.name.endsWith(quantity.suffix())) continue;
        asked.add(Map.entry(unit, i));
        calls.add(property(unit, quantity.owner(), quantity.property()));
      }
    }
    List<BusReply> replies = bus.ask(calls);
    for (int i = 0; i < replies.size(); i++) {
      int quantity = asked.get(i).getValue();
      asked
          .get(i)
          .getKey()
          .set(quantity, value(replies.get(i), SystemdUnit.QUANTITIES.get(quantity)));
    }
  }

  private static double value(BusReply reply, Quantity quantity) throws BusException {
    if (reply.isError()) return Double.NaN; // an older systemd, or a unit that has just gone
    reply.expectVariant(quantity.type());
    long raw = quantity.type().equals("t") ? reply.uint64() : reply.uint32();
    return raw / quantity.divisor();
  }

  private static BusCall property(SystemdUnit unit, String owner, String name) {
    return BusCall.property(SERVICE, unit.path, SERVICE + "." + owner, name);
  }

  @Override
  public void close() {
    bus.close();
  }
}
