package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container as its inspection tells it; kept until something happens to it.
 *
 * @param container without what changes each round: its processes and its control group
 */
record Inspected(Container container, Life life, Limits limits, LogFile log) {
  private static final int MOST_PORTS = 256;
  private static final double MICROS = 100_000; // of a period, where only a share is told

  /**
   * How it was born, how it ended, how often.
   *
   * @param createdMs 0 where never, as all three
   * @param failingStreak health checks in a row that failed
   */
  record Life(
      long createdMs,
      long startedMs,
      long finishedMs,
      int exitCode,
      boolean wasOutOfMemory,
      int restarts,
      String restartPolicy,
      int failingStreak,
      String error) {}

  /**
   * What it may take at most; NaN where there is no limit.
   *
   * @param cpuQuota microseconds of CPU time a period
   */
  record Limits(
      double memory,
      double memorySwap,
      double memoryReservation,
      double cpuQuota,
      double cpuPeriod,
      double cpuShares,
      double processes,
      double sharedMemory) {}

  /**
   * Where its output goes.
   *
   * @param path of the file; empty where the driver keeps none
   * @param isRotated whether an old part of it is ever let go
   */
  record LogFile(String driver, String path, boolean isRotated) {}

  static Inspected of(JsonNode told) {
    JsonNode state = told.path("State");
    JsonNode host = told.path("HostConfig");
    return new Inspected(
        container(told, state, host),
        life(told, state, host),
        limits(host),
        log(told, host.path("LogConfig")));
  }

  private static Container container(JsonNode told, JsonNode state, JsonNode host) {
    JsonNode config = told.path("Config");
    Map<String, String> environment = Secrets.environment(config.path("Env"));
    var command = new ArrayList<>(List.of(Words.of(told.path("Path"))));
    command.addAll(Words.list(told.path("Args")));
    String health = Words.of(health(state).path("Status")).toLowerCase(Locale.ROOT);
    return new Container(
        Words.of(told.path("Id")),
        Words.name(Words.of(told.path("Name"))),
        Words.of(config.path("Image")),
        Words.of(told.path("Image")),
        Listed.ofDocker(Words.of(state.path("Status"))),
        health.equals("none") ? "" : health,
        Words.ms(state.path("StartedAt")),
        JsonNumber.whole(state.path("Pid"), 0),
        List.of(),
        Secrets.command(command),
        Words.map(config.path("Labels")),
        environment,
        Words.of(host.path("NetworkMode")),
        addresses(told.path("NetworkSettings")),
        ports(told.path("NetworkSettings").path("Ports")),
        Gpus.of(host, environment),
        mounts(told.path("Mounts")),
        "");
  }

  /** Podman's own name for it is another. */
  private static JsonNode health(JsonNode state) {
    return state.has("Health") ? state.path("Health") : state.path("Healthcheck");
  }

  private static Life life(JsonNode told, JsonNode state, JsonNode host) {
    return new Life(
        Words.ms(told.path("Created")),
        Words.ms(state.path("StartedAt")),
        Words.ms(state.path("FinishedAt")),
        JsonNumber.small(state.path("ExitCode"), 0),
        state.path("OOMKilled").asBoolean(),
        JsonNumber.small(told.path("RestartCount"), 0),
        Words.of(host.path("RestartPolicy").path("Name")),
        JsonNumber.small(health(state).path("FailingStreak"), 0),
        Words.of(state.path("Error")));
  }

  private static Limits limits(JsonNode host) {
    double quota = above0(host.path("CpuQuota"));
    double period = above0(host.path("CpuPeriod"));
    double nanos = above0(host.path("NanoCpus"));
    if (!Double.isNaN(quota) && Double.isNaN(period)) period = MICROS;
    if (!Double.isNaN(nanos)) {
      quota = nanos / 1e9 * MICROS;
      period = MICROS;
    }
    return new Limits(
        above0(host.path("Memory")),
        above0(host.path("MemorySwap")),
        above0(host.path("MemoryReservation")),
        quota,
        Double.isNaN(quota) ? Double.NaN : period,
        above0(host.path("CpuShares")),
        above0(host.path("PidsLimit")),
        above0(host.path("ShmSize")));
  }

  /** Of a limit 0 and -1 say that there is none. */
  private static double above0(JsonNode node) {
    double value = JsonNumber.of(node, 0);
    return value > 0 && value < 0x1p62 ? value : Double.NaN;
  }

  private static LogFile log(JsonNode told, JsonNode config) {
    String driver = Words.of(config.path("Type"));
    boolean hasSize = !Words.of(config.path("Config").path("max-size")).isEmpty();
    boolean isFile = driver.equals("json-file") || driver.equals("k8s-file");
    return new LogFile(driver, Words.of(told.path("LogPath")), hasSize || !isFile);
  }

  private static Map<String, String> addresses(JsonNode settings) {
    var all = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> each : settings.path("Networks").properties()) {
      String address = Words.of(each.getValue().path("IPAddress"));
      if (!address.isEmpty()) all.put(each.getKey(), address);
    }
    return Map.copyOf(all);
  }

  /** {@code "8000/tcp": [{HostIp, HostPort}]}, or null where it is not published. */
  private static List<Container.Port> ports(JsonNode told) {
    var all = new ArrayList<Container.Port>();
    for (Map.Entry<String, JsonNode> each : told.properties()) {
      if (all.size() >= MOST_PORTS) break;
      String[] parts = each.getKey().split("/", 2);
      int inner = number(parts[0]);
      String protocol = parts.length == 2 ? parts[1] : "tcp";
      if (each.getValue().isEmpty()) all.add(new Container.Port(inner, protocol, 0, ""));
      for (JsonNode published : each.getValue()) {
        int port = number(Words.of(published.path("HostPort")));
        all.add(new Container.Port(inner, protocol, port, Words.of(published.path("HostIp"))));
      }
    }
    return List.copyOf(all);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0; // a range, or nonsense
    }
  }

  private static List<Container.Mount> mounts(JsonNode told) {
    var all = new ArrayList<Container.Mount>();
    for (JsonNode each : told) {
      all.add(
          new Container.Mount(
              Words.of(each.path("Type")),
              Words.of(each.path("Name")),
              Words.of(each.path("Source")),
              Words.of(each.path("Destination")),
              each.path("RW").asBoolean()));
    }
    return List.copyOf(all);
  }
}
