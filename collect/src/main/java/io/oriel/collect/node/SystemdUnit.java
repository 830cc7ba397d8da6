package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.List;

/** One unit of systemd: its name, its state, and what is asked of its kind. */
final class SystemdUnit {
  static final List<String> STATES =
      List.of("active", "activating", "deactivating", "inactive", "failed");

  /**
   * A property that becomes a value: which kind of unit has it, under which interface, its type on
   * the bus, and what its unit is divided by.
   */
  record Quantity(
      Metric metric, String suffix, String owner, String property, String type, double divisor) {}

  static final List<Quantity> QUANTITIES =
      List.of(
          new Quantity(
              Metric.counter(
                  "node_systemd_socket_accepted_connections_total",
                  "Connections that the socket has accepted."),
              ".socket",
              "Socket",
              "NAccepted",
              "u",
              1),
          new Quantity(
              Metric.gauge(
                  "node_systemd_socket_current_connections", "Connections open on the socket."),
              ".socket",
              "Socket",
              "NConnections",
              "u",
              1),
          new Quantity(
              Metric.gauge( // it only grows, but node_exporter calls it a gauge
                  "node_systemd_socket_refused_connections_total",
                  "Connections that the socket has refused."),
              ".socket",
              "Socket",
              "NRefused",
              "u",
              1),
          new Quantity(
              Metric.gauge(
                  "node_systemd_timer_last_trigger_seconds",
                  "When the timer fired last, in seconds since 1970."),
              ".timer",
              "Timer",
              "LastTriggerUSec",
              "t",
              1e6),
          new Quantity(
              Metric.counter(
                  "node_systemd_service_restart_total", "How often systemd restarted the service."),
              ".service",
              "Service",
              "NRestarts",
              "u",
              1),
          new Quantity(
              Metric.gauge(
                  "node_systemd_unit_start_time_seconds",
                  "When the unit became active, in seconds since 1970; 0 when it is not."),
              "",
              "Unit",
              "ActiveEnterTimestamp",
              "t",
              1e6));

  private static final int START = QUANTITIES.size() - 1;

  final String name;
  final String path;
  final Labels labels;
  final Labels[] states = new Labels[STATES.size()];
  private final double[] values = new double[QUANTITIES.size()];
  String state = "";
  boolean isTyped;

  SystemdUnit(String name, String path) {
    this.name = name;
    this.path = path;
    this.labels = Labels.of("name", name);
    Arrays.fill(values, Double.NaN);
    setType("");
  }

  /** What kind of service it is: simple, oneshot... */
  void setType(String type) {
    for (int i = 0; i < states.length; i++) {
      states[i] = labels.with("state", STATES.get(i)).with("type", type);
    }
  }

  void set(int quantity, double value) {
    values[quantity] = value;
  }

  /** NaN where it has none; a unit that is not active has no start, which is told as 0. */
  double value(int quantity) {
    boolean began = quantity != START || state.equals("active") || Double.isNaN(values[START]);
    return began ? values[quantity] : 0;
  }

  boolean isService() {
    return name.endsWith(".service");
  }
}
