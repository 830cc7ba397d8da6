package io.oriel.collect.container;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Says which containers are worth a look, and why: idle, unhealthy, restarting again and again,
 * without limits, writing a log that nobody cuts, or not meant to be here. A pure function of what
 * was seen: it changes nothing, and its script is printed, never run.
 *
 * @param keep who is meant to be here
 */
public record Doctor(KeepList keep) {
  private static final double IDLE_CORES = 0.002; // what a runtime's own threads take
  private static final long IDLE_AFTER_MS = TimeUnit.HOURS.toMillis(1);
  private static final int MANY_RESTARTS = 3;
  private static final long SETTLED_MS = TimeUnit.MINUTES.toMillis(10);
  private static final long LARGE_LOG = 256L << 20;
  private static final double LARGE_GROWTH = (1L << 30) / 86_400.0; // a GiB a day

  /** What it finds, the worst kind first, by name within a kind. */
  public List<Finding> examine(List<Patient> patients) {
    var findings = new ArrayList<Finding>();
    for (Patient each : patients) {
      if (loops(each)) findings.add(loop(each));
      if (each.container().health().equals("unhealthy")) findings.add(unhealthy(each));
      if (isGrowing(each)) findings.add(log(each));
      if (each.container().isRunning()) {
        if (!each.hasMemoryLimit() || !each.hasCpuLimit()) findings.add(limits(each));
        if (isIdle(each)) findings.add(idle(each));
      }
      if (keep.isDeclared() && !keep.keeps(each.container().name())) findings.add(unexpected(each));
    }
    findings.sort(Comparator.comparing(Finding::kind).thenComparing(Finding::name));
    return List.copyOf(findings);
  }

  private static boolean loops(Patient one) {
    if (one.container().state().equals("restarting")) return true;
    return one.restarts() >= MANY_RESTARTS && one.uptimeMs() > 0 && one.uptimeMs() < SETTLED_MS;
  }

  private static Finding loop(Patient one) {
    return finding(
        Finding.Kind.RESTART_LOOP,
        one,
        "it was restarted %d times by its policy and does not stay up".formatted(one.restarts()),
        "read why it ends (docker logs --tail 50 %s); stop it until that is mended"
            .formatted(one.container().name()),
        List.of("docker update --restart=no " + id(one), "docker stop " + id(one)),
        true);
  }

  private static Finding unhealthy(Patient one) {
    return finding(
        Finding.Kind.UNHEALTHY,
        one,
        "its health check fails",
        "see what the check says (docker inspect -f '{{json .State.Health}}' %s), then restart it"
            .formatted(one.container().name()),
        List.of("docker restart " + id(one)),
        false);
  }

  private static boolean isGrowing(Patient one) {
    boolean isMuch = one.logBytes() >= LARGE_LOG || one.logBytesPerSecond() >= LARGE_GROWTH;
    return !one.isLogRotated() && isMuch;
  }

  private static Finding log(Patient one) {
    return finding(
        Finding.Kind.GROWING_LOG,
        one,
        "its log has %s, grows by %s an hour and is never rotated"
            .formatted(bytes(one.logBytes()), bytes((long) (one.logBytesPerSecond() * 3_600))),
        "create it anew with --log-opt max-size=50m --log-opt max-file=3, or with log driver local;"
            + " what is written now can be cut to nothing",
        List.of("truncate -s 0 \"$(docker inspect -f '{{.LogPath}}' " + id(one) + ")\""),
        false);
  }

  private static Finding limits(Patient one) {
    var lacks = new ArrayList<String>();
    var options = new ArrayList<String>();
    if (!one.hasMemoryLimit()) {
      lacks.add("memory");
      options.add("--memory=SIZE --memory-swap=SIZE");
    }
    if (!one.hasCpuLimit()) {
      lacks.add("CPU");
      options.add("--cpus=NUMBER");
    }
    if (!one.hasProcessLimit()) {
      lacks.add("processes");
      options.add("--pids-limit=NUMBER");
    }
    return finding(
        Finding.Kind.NO_LIMITS,
        one,
        "it has no limit of " + String.join(", ", lacks) + ": it can take all the machine has",
        "give it what it needs and some more",
        List.of("docker update " + String.join(" ", options) + " " + id(one)),
        false);
  }

  private static boolean isIdle(Patient one) {
    return one.uptimeMs() >= IDLE_AFTER_MS
        && one.meanCores() < IDLE_CORES
        && one.nowCores() < IDLE_CORES;
  }

  private static Finding idle(Patient one) {
    GpuRequest gpus = one.container().gpus();
    String holds = gpus.isGpu() ? " and holds " + shown(gpus) : "";
    return finding(
        Finding.Kind.IDLE,
        one,
        "it has done next to nothing in %s (%.4f cores on average)%s"
            .formatted(hours(one.uptimeMs()), one.meanCores(), holds),
        "stop it if nobody waits for it; docker start brings it back",
        List.of("docker stop " + id(one)),
        false);
  }

  private static String shown(GpuRequest gpus) {
    if (gpus.all()) return "all GPUs";
    return gpus.devices().isEmpty()
        ? gpus.count() + " GPUs"
        : "GPU " + String.join(", ", gpus.devices());
  }

  private static Finding unexpected(Patient one) {
    var commands = new ArrayList<String>();
    if (one.container().isRunning()) commands.add("docker stop " + id(one));
    commands.add("docker rm " + id(one));
    return finding(
        Finding.Kind.NOT_ON_KEEP_LIST,
        one,
        "it is not on the list of containers to keep (%s, %s)"
            .formatted(one.container().image(), one.container().state()),
        "add it to the list, or remove it; its volumes stay",
        commands,
        false);
  }

  private static Finding finding(
      Finding.Kind kind,
      Patient one,
      String happened,
      String remedy,
      List<String> commands,
      boolean isSafe) {
    Container container = one.container();
    return new Finding(
        kind, container.id(), container.name(), happened, remedy, List.copyOf(commands), isSafe);
  }

  /** Commands name a container by its number: a name may be anything, and another's tomorrow. */
  private static String id(Patient one) {
    return Container.shortId(one.container().id());
  }

  private static String hours(long ms) {
    long hours = TimeUnit.MILLISECONDS.toHours(ms);
    return hours < 48 ? hours + " h" : hours / 24 + " days";
  }

  private static String bytes(long bytes) {
    if (bytes < 0) return "an unknown size";
    if (bytes < 1 << 20) return bytes / 1024 + " KiB";
    if (bytes < 1 << 30) return (bytes >> 20) + " MiB";
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}
