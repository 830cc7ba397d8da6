package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.dbus.BusBytes;
import io.oriel.collect.dbus.BusBytes.UnitRow;
import io.oriel.collect.dbus.FakeBus;
import io.oriel.model.MetricMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bus with a small systemd behind it, and what is told of its units. */
class SystemdTest {
  private static final String MANAGER = "/org/freedesktop/systemd1";
  private static final UnitRow SSHD = new UnitRow("sshd.service", "loaded", "active");
  private static final UnitRow BROKEN = new UnitRow("broken.service", "loaded", "failed");
  private static final UnitRow LISTEN = new UnitRow("docker.socket", "loaded", "active");
  private static final UnitRow NIGHTLY = new UnitRow("nightly.timer", "loaded", "active");
  private static final UnitRow GONE = new UnitRow("gone.service", "not-found", "inactive");
  private static final UnitRow DISK = new UnitRow("dev-sda.device", "loaded", "active");
  private static final int ROUNDS_ALONE = 20;

  @TempDir Path folder;
  private final KernelFiles files = new KernelFiles();
  private final Readings out = new Readings();
  private Path socket;
  private @Nullable FakeBus bus;
  private Systemd systemd;

  @BeforeEach
  void open() {
    socket = folder.resolve("run/dbus/system_bus_socket");
    systemd =
        new Systemd(
            files,
            new Roots(folder.resolve("proc"), folder.resolve("sys"), folder),
            Duration.ofSeconds(1));
  }

  @AfterEach
  void close() throws IOException {
    files.close();
    if (bus != null) bus.close();
  }

  private FakeBus start() throws IOException {
    var made = new FakeBus(socket);
    bus = made;
    manager(made, "Version", "252.38-1~deb12u1");
    manager(made, "Virtualization", "kvm");
    manager(made, "SystemState", "degraded");
    units(made, SSHD, BROKEN, LISTEN, NIGHTLY, GONE, DISK);
    property(made, SSHD, "Service,Type", BusBytes.variant("notify"));
    property(made, SSHD, "Service,NRestarts", BusBytes.variant32(3));
    property(made, SSHD, "Unit,ActiveEnterTimestamp", BusBytes.variant64(1_700_000_000_500_000L));
    property(made, BROKEN, "Service,Type", BusBytes.variant("oneshot"));
    property(made, BROKEN, "Unit,ActiveEnterTimestamp", BusBytes.variant64(1_600_000_000_000_000L));
    property(made, LISTEN, "Socket,NAccepted", BusBytes.variant32(12));
    property(made, LISTEN, "Socket,NConnections", BusBytes.variant32(2));
    property(made, NIGHTLY, "Timer,LastTriggerUSec", BusBytes.variant64(1_700_000_100_000_000L));
    return made;
  }

  private static void manager(FakeBus bus, String name, String value) {
    bus.answers.put(
        MANAGER
            + " org.freedesktop.DBus.Properties.Get(org.freedesktop.systemd1.Manager,"
            + name
            + ")",
        FakeBus.variant(BusBytes.variant(value)));
  }

  private static void property(FakeBus bus, UnitRow unit, String ownerAndName, byte[] value) {
    bus.answers.put(
        unit.path()
            + " org.freedesktop.DBus.Properties.Get(org.freedesktop.systemd1."
            + ownerAndName
            + ")",
        FakeBus.variant(value));
  }

  private static void units(FakeBus bus, UnitRow... rows) {
    bus.answers.put(
        MANAGER + " org.freedesktop.systemd1.Manager.ListUnits()",
        new FakeBus.Said("a(ssssssouso)", BusBytes.units(List.of(rows))));
  }

  /** What a round tells; the reason where the part can't be read. */
  private String round() {
    out.begin();
    try {
      systemd.read(out);
      return "";
    } catch (Unreadable e) {
      return (e.isNothingHere() ? "nothing here: " : "") + e.reason();
    }
  }

  private double told(String series) {
    return Told.of(out).of(series);
  }

  @Test
  void each_loaded_unit_is_in_one_of_five_states() throws IOException {
    start();

    assertThat(round()).isEmpty();

    assertThat(told(state("sshd.service", "active", ", type=\"notify\""))).isEqualTo(1);
    assertThat(told(state("sshd.service", "failed", ", type=\"notify\""))).isZero();
    assertThat(told(state("broken.service", "failed", ", type=\"oneshot\""))).isEqualTo(1);
    assertThat(told(state("docker.socket", "active", ""))).isEqualTo(1);
    assertThat(Told.of(out).values().keySet())
        .noneMatch(series -> series.valueOf("name").matches("gone.service|dev-sda.device"));
  }

  private static String state(String unit, String state, String type) {
    return "node_systemd_unit_state{name=\"" + unit + "\", state=\"" + state + "\"" + type + "}";
  }

  @Test
  void units_of_all_kinds_are_counted_and_the_system_is_described() throws IOException {
    start();

    round();

    assertThat(told("node_systemd_units{state=\"active\"}")).isEqualTo(4);
    assertThat(told("node_systemd_units{state=\"failed\"}")).isEqualTo(1);
    assertThat(told("node_systemd_units{state=\"activating\"}")).isZero();
    assertThat(told("node_systemd_system_running")).isZero();
    assertThat(told("node_systemd_version{version=\"252.38-1~deb12u1\"}")).isEqualTo(252.38);
    assertThat(told("node_systemd_virtualization_info{virtualization_type=\"kvm\"}")).isEqualTo(1);
  }

  @Test
  void sockets_timers_and_services_tell_what_their_kind_counts() throws IOException {
    start();

    round();

    assertThat(told("node_systemd_socket_accepted_connections_total{name=\"docker.socket\"}"))
        .isEqualTo(12);
    assertThat(told("node_systemd_socket_current_connections{name=\"docker.socket\"}"))
        .isEqualTo(2);
    assertThat(told("node_systemd_socket_refused_connections_total{name=\"docker.socket\"}"))
        .isNaN(); // older than 239
    assertThat(told("node_systemd_timer_last_trigger_seconds{name=\"nightly.timer\"}"))
        .isEqualTo(1_700_000_100);
    assertThat(told("node_systemd_service_restart_total{name=\"sshd.service\"}")).isEqualTo(3);
    assertThat(told("node_systemd_unit_start_time_seconds{name=\"sshd.service\"}"))
        .isEqualTo(1_700_000_000.5);
    assertThat(told("node_systemd_unit_start_time_seconds{name=\"broken.service\"}")).isZero();
    assertThat(Told.of(out).types())
        .containsEntry(
            "node_systemd_socket_accepted_connections_total", MetricMetadata.Type.COUNTER)
        .containsEntry("node_systemd_unit_state", MetricMetadata.Type.GAUGE);
  }

  @Test
  void a_unit_that_fails_is_told_in_the_next_round_and_one_that_goes_is_not() throws IOException {
    FakeBus made = start();
    round();
    units(made, new UnitRow("sshd.service", "loaded", "failed"), BROKEN);

    round();

    assertThat(told(state("sshd.service", "failed", ", type=\"notify\""))).isEqualTo(1);
    assertThat(told(state("docker.socket", "active", ""))).isNaN();
  }

  @Test
  void unit_by_unit_is_asked_only_every_fourth_round() throws IOException {
    FakeBus made = start();
    round();
    made.calls.clear();

    for (int i = 0; i < 3; i++) round();

    assertThat(made.calls).hasSize(3 * 2); // the list, and the state of the whole
    round();
    assertThat(made.calls).anyMatch(call -> call.contains("NAccepted"));
  }

  @Test
  void without_a_bus_or_a_systemd_there_is_nothing_here() throws IOException {
    assertThat(round()).isEqualTo("nothing here: no system bus at " + socket);
    FakeBus made = new FakeBus(socket);
    bus = made;
    for (int i = 0; i < ROUNDS_ALONE; i++) round();

    assertThat(round()).isEqualTo("nothing here: no systemd on the bus at " + socket);
  }

  @Test
  void a_bus_that_hangs_is_waited_for_once_and_then_left_alone() throws IOException {
    FakeBus made = start();
    round();
    made.isSilent = true;
    made.calls.clear();

    assertThat(round()).isEqualTo("the bus did not answer in time");
    assertThat(round()).isEqualTo("the bus did not answer in time");
    assertThat(made.calls).hasSize(1);

    made.isSilent = false;
    for (int i = 0; i < ROUNDS_ALONE - 1; i++) round();
    assertThat(round()).isEmpty();
  }

  @Test
  void a_bus_that_hangs_up_is_called_again_later() throws IOException {
    FakeBus made = start();
    round();
    made.dropAll();

    assertThat(round()).isNotEmpty();
    for (int i = 0; i < ROUNDS_ALONE; i++) round();
    assertThat(round()).isEmpty();
  }
}
