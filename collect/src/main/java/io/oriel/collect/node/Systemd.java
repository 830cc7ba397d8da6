package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.dbus.Bus;
import io.oriel.collect.dbus.BusException;
import io.oriel.model.Labels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The units of systemd and their states, by the system's message bus. The list comes each round;
 * what must be asked unit by unit every few rounds, for the sake of the process with number 1. A
 * bus that does not answer is left alone for a while, so that it never holds up a round twice.
 */
final class Systemd implements Part {
  private static final Logger log = LoggerFactory.getLogger(Systemd.class);

  private static final Metric UNIT =
      Metric.gauge("node_systemd_unit_state", "1 for the state that the unit is in, 0 for others.");
  private static final Metric UNITS =
      Metric.gauge("node_systemd_units", "How many units are in each state, of all kinds.");
  private static final Metric RUNNING =
      Metric.gauge("node_systemd_system_running", "1 when all of the system came up well.");
  private static final Metric VERSION =
      Metric.gauge("node_systemd_version", "Version of systemd; in full in the label.");
  private static final Metric VIRTUAL =
      Metric.gauge("node_systemd_virtualization_info", "1, with what the machine runs in.");

  private static final Duration PATIENCE = Duration.ofSeconds(1); // for all questions of a round
  private static final int ROUNDS_ALONE = 20;
  private static final int ROUNDS_BETWEEN_QUESTIONS = 4;
  private static final int MOST_UNITS = 2000;
  private static final Pattern NUMBER = Pattern.compile("\\d{3,}(\\.\\d+)?");

  private final Path socket;
  private final Duration patience;
  private final Map<String, Labels> states = new HashMap<>();
  private @Nullable SystemdManager manager;
  private Labels version = Labels.EMPTY;
  private Labels virtualization = Labels.EMPTY;
  private @Nullable Unreadable problem;
  private int alone; // rounds left
  private int untilQuestions;
  private boolean isSaid;

  Systemd(KernelFiles files, Roots roots) {
    this(files, roots, PATIENCE);
  }

  Systemd(KernelFiles files, Roots roots, Duration patience) {
    this.socket = Path.of(roots.root("/run/dbus/system_bus_socket"));
    this.patience = patience;
    files.closeToo(this::hangUp);
  }

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(List.of(UNIT, UNITS, RUNNING, VERSION, VIRTUAL));
    SystemdUnit.QUANTITIES.forEach(quantity -> metrics.add(quantity.metric()));
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    if (problem != null && alone-- > 0) throw problem;
    problem = null;
    try {
      if (manager == null) manager = connect();
      manager.begin(patience);
      tell(manager, out);
    } catch (BusException e) {
      hangUp();
      problem = Unreadable.because(e.reason());
    } catch (Unreadable e) {
      problem = e;
    }
    if (problem == null) return;
    alone = ROUNDS_ALONE;
    if (problem.isNothingHere()) sayOnce(problem.reason());
    throw problem;
  }

  /** One line in all: a machine without systemd is no defect. */
  private void sayOnce(String reason) {
    if (!isSaid) log.debug("systemd is not told reason={}", reason);
    isSaid = true;
  }

  private SystemdManager connect() throws BusException, Unreadable {
    if (!Files.exists(socket)) throw Unreadable.nothingHere("no system bus at " + socket);
    var connected = new SystemdManager(Bus.connect(socket, patience));
    try {
      String text = connected.property("Version");
      if (text.isEmpty()) throw Unreadable.nothingHere("no systemd on the bus at " + socket);
      version = Labels.of("version", text);
      String virtual = connected.property("Virtualization");
      virtualization = Labels.of("virtualization_type", virtual.isEmpty() ? "none" : virtual);
      untilQuestions = 0;
      return connected;
    } catch (BusException | Unreadable e) {
      connected.close();
      throw e;
    }
  }

  private void tell(SystemdManager manager, Readings out) throws BusException, Unreadable {
    manager.look();
    boolean running = manager.property("SystemState").equals("running");
    out.tell(VERSION, version, number(version.valueOf("version")));
    out.tell(VIRTUAL, virtualization, 1);
    out.tell(RUNNING, running ? 1 : 0);
    manager
        .counts()
        .forEach((state, count) ->
            out.tell(UNITS, states.computeIfAbsent(state, s -> Labels.of("state", s)), count));
    List<SystemdUnit> units = manager.units();
    if (units.size() > MOST_UNITS) {
      throw Unreadable.because("more than " + MOST_UNITS + " units; only their number is told");
    }
    manager.askTypes(); // at once: the type is one of the labels
    if (untilQuestions-- == 0) {
      untilQuestions = ROUNDS_BETWEEN_QUESTIONS - 1;
      manager.askQuantities();
    }
    for (int i = 0; i < units.size(); i++) tell(units.get(i), out);
  }

  private static double number(String version) {
    Matcher number = NUMBER.matcher(version);
    return number.find() ? Double.parseDouble(number.group()) : 0;
  }

  private static void tell(SystemdUnit unit, Readings out) {
    for (int i = 0; i < unit.states.length; i++) {
      out.tell(UNIT, unit.states[i], SystemdUnit.STATES.get(i).equals(unit.state) ? 1 : 0);
    }
    for (int i = 0; i < SystemdUnit.QUANTITIES.size(); i++) {
      double value = unit.value(i);
      if (!Double.isNaN(value)) {
        out.tell(SystemdUnit.QUANTITIES.get(i).metric(), unit.labels, value);
      }
    }
  }

  private void hangUp() {
    if (manager != null) manager.close();
    manager = null;
  }
}
