package io.oriel.collect.container;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;
import java.util.Locale;

/** Tells what a container is and how it fares: {@code oriel_container_*}, and cAdvisor's few. */
final class StateMetrics {
  static final Metric INFO =
      Metric.gauge(
          "oriel_container_info", "What the container is, in labels; class is gpu or non-gpu.");
  static final Metric STATE =
      Metric.gauge("oriel_container_state", "1, with the container's state as a word.");
  static final Metric HEALTH =
      Metric.gauge("oriel_container_health", "1, with what its health check says as a word.");
  static final Metric STREAK =
      Metric.gauge("oriel_container_health_failing_streak", "Health checks in a row that failed.");
  static final Metric RESTARTS =
      Metric.counter(
          "oriel_container_restarts_total",
          "Restarts by its policy since it was last started by hand.");
  static final Metric EXIT =
      Metric.gauge(
          "oriel_container_exit_code", "How its last run ended, with the reason as a word.");
  static final Metric OUT_OF_MEMORY =
      Metric.gauge("oriel_container_oom_killed", "1 when its last run ended since memory ran out.");
  static final Metric UPTIME =
      Metric.gauge("oriel_container_uptime_seconds", "How long it has been running.");
  static final Metric VOLUME =
      Metric.gauge("oriel_container_volume_info", "1 a folder or file from outside, in labels.");
  static final Metric GPU =
      Metric.gauge(
          "oriel_container_gpu_assigned",
          "1 a GPU it was given, as its configuration writes it; found_by says where.");
  static final Metric GPUS =
      Metric.gauge("oriel_container_gpus_assigned", "How many GPUs it was given.");
  static final Metric LOG =
      Metric.gauge(
          "oriel_container_log_bytes", "Size of the file its output goes to, without old parts.");
  static final Metric EVENTS =
      Metric.counter("oriel_container_events_total", "What happened to it, by action.");

  static final Metric STARTED =
      Metric.gauge("container_start_time_seconds", "When it was started, as seconds since 1970.");
  static final Metric CREATED =
      Metric.gauge(
          "container_creation_time_seconds", "When it was created, as seconds since 1970.");
  static final Metric HEALTH_STATE =
      Metric.gauge(
          "container_health_state", "1 healthy, 0 starting or unhealthy, -1 without a check.");
  static final Metric SEEN =
      Metric.gauge("container_last_seen", "When it was last seen, as seconds since 1970.");

  static final List<Metric> ALL =
      List.of(
          INFO,
          STATE,
          HEALTH,
          STREAK,
          RESTARTS,
          EXIT,
          OUT_OF_MEMORY,
          UPTIME,
          VOLUME,
          GPU,
          GPUS,
          LOG,
          EVENTS,
          STARTED,
          CREATED,
          HEALTH_STATE,
          SEEN);

  private static final int MOST_VOLUMES = 32;
  private static final int MOST_GPUS = 64;

  private StateMetrics() {}

  static void tell(Tracked one, long nowMs, Readings out) {
    SeriesLabels labels = one.labels();
    String state = one.listed.state();
    out.tell(STATE, labels.own("state", state), 1);
    if (one.listed.isRunning()) out.tell(SEEN, labels.base, nowMs / 1e3);
    Inspected told = one.inspected;
    if (told == null) return;
    Container container = one.container();
    out.tell(INFO, labels.info(told), 1);
    health(labels, container, told, out);
    life(labels, one, told.life(), nowMs, out);
    gpus(labels, told.container().gpus(), out);
    if (one.logBytes >= 0) out.tell(LOG, labels.own, one.logBytes);
    volumes(labels, told.container().mounts(), out);
    for (int i = 0; i < one.events.length; i++) {
      if (one.events[i] == 0) continue;
      out.tell(EVENTS, labels.own("action", Engine.ACTIONS.get(i)), one.events[i]);
    }
  }

  private static void health(
      SeriesLabels labels, Container container, Inspected told, Readings out) {
    String health = container.health();
    double asNumber = health.isEmpty() ? -1 : health.equals("healthy") ? 1 : 0;
    if (container.isRunning()) out.tell(HEALTH_STATE, labels.base, asNumber);
    if (health.isEmpty()) return;
    out.tell(HEALTH, labels.own("health", health), 1);
    out.tell(STREAK, labels.own, told.life().failingStreak());
  }

  private static void life(
      SeriesLabels labels, Tracked one, Inspected.Life life, long nowMs, Readings out) {
    out.tell(RESTARTS, labels.own, life.restarts());
    out.tell(OUT_OF_MEMORY, labels.own, life.wasOutOfMemory() ? 1 : 0);
    if (life.createdMs() > 0) out.tell(CREATED, labels.base, life.createdMs() / 1e3);
    if (life.startedMs() > 0) out.tell(STARTED, labels.base, life.startedMs() / 1e3);
    if (one.listed.isRunning() && life.startedMs() > 0) {
      out.tell(UPTIME, labels.own, Math.max(0, nowMs - life.startedMs()) / 1e3);
    } else if (life.finishedMs() > 0) {
      String reason = Ending.of(life.exitCode(), life.wasOutOfMemory());
      out.tell(EXIT, labels.own("reason", reason), life.exitCode());
    }
  }

  private static void gpus(SeriesLabels labels, GpuRequest gpus, Readings out) {
    if (!gpus.isGpu()) return;
    if (gpus.all()) out.tell(GPU, labels.gpu("all", gpus.foundBy()), 1);
    for (int i = 0; i < Math.min(MOST_GPUS, gpus.devices().size()); i++) {
      out.tell(GPU, labels.gpu(gpus.devices().get(i), gpus.foundBy()), 1);
    }
    // "all" is as many as the machine has: the collector of GPUs knows
    if (!gpus.all()) out.tell(GPUS, labels.own, Math.max(gpus.count(), gpus.devices().size()));
  }

  private static void volumes(SeriesLabels labels, List<Container.Mount> mounts, Readings out) {
    for (int i = 0; i < Math.min(MOST_VOLUMES, mounts.size()); i++) {
      out.tell(VOLUME, labels.volume(mounts.get(i)), 1);
    }
  }

  /** {@code gpu} or {@code non-gpu}. */
  static String gpuClass(Container container) {
    return container.gpus().isGpu() ? "gpu" : "non-gpu";
  }

  /** Which CUDA its image brings, as images say it; empty where they don't. */
  static String cuda(Container container) {
    String said = container.environment().getOrDefault("CUDA_VERSION", "");
    return said.isEmpty()
        ? container.labels().getOrDefault("com.nvidia.cuda.version", "").toLowerCase(Locale.ROOT)
        : said;
  }

  /** What the image says of its own version; empty where it does not. */
  static String version(Container container) {
    return container.labels().getOrDefault("org.opencontainers.image.version", "");
  }
}
