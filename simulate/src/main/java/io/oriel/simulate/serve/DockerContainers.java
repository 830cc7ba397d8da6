package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.world.ContainerSpec;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.World;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Containers as the Engine API lists, inspects and measures them. */
final class DockerContainers {
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String NETWORK = "ai_default";
  private static final String NOT_ROTATED = "litellm"; // as it happens: nobody thought of it

  private static final long IMAGE_BYTES = 1_300_000_000;

  private final World world;
  private final ToIntFunction<String> published;
  private final @Nullable FleetFiles files;

  DockerContainers(World world, ToIntFunction<String> published, @Nullable FleetFiles files) {
    this.world = world;
    this.published = published;
    this.files = files;
  }

  /** By id, its beginning, or name; null where there is none. */
  @Nullable SimContainer find(String word) {
    for (SimContainer each : world.daemon().containers()) {
      boolean isId = word.length() >= 12 && each.id().startsWith(word);
      if (isId || each.name().equals(word)) return each;
    }
    return null;
  }

  /**
   * @param all those that don't run, too
   * @param sized with what each wrote into its own layer
   */
  ArrayNode list(boolean all, boolean sized) {
    ArrayNode told = Json.array();
    for (SimContainer each : world.daemon().containers()) {
      if (files != null) files.settle(each);
      if (!all && !each.isRunning()) continue;
      ObjectNode item = item(each);
      if (sized) item.put("SizeRw", layer(each)).put("SizeRootFs", layer(each) + IMAGE_BYTES);
      told.add(item);
    }
    return told;
  }

  /** A part of what it ever wrote is in its own layer, and stays. */
  private static long layer(SimContainer container) {
    return 4_096 + container.writtenBytes() / 50;
  }

  /** What the daemon lets it have; 0 for all. */
  private static double cpus(SimContainer container) {
    return container.name().equals("research-agent") ? 2 : 0;
  }

  private ObjectNode item(SimContainer container) {
    ContainerSpec spec = container.spec();
    ObjectNode told = Json.object();
    told.put("Id", container.id()).putArray("Names").add("/" + container.name());
    told.put("Image", spec.image()).put("ImageID", container.imageId());
    told.put("Command", String.join(" ", spec.command()));
    told.put("Created", container.createdMs() / 1000);
    ArrayNode ports = told.putArray("Ports");
    if (spec.port() > 0 && container.isRunning()) ports.add(port(container));
    labels(told.putObject("Labels"), container);
    told.put("State", state(container)).put("Status", status(container));
    told.putObject("HostConfig").put("NetworkMode", NETWORK);
    if (spec.hasHealthCheck()) {
      ObjectNode health = told.putObject("Health");
      health.put("Status", health(container)).put("FailingStreak", container.failingStreak());
    }
    networks(told.putObject("NetworkSettings"), container);
    told.set("Mounts", mounts(container));
    return told;
  }

  private ObjectNode port(SimContainer container) {
    ObjectNode told = Json.object();
    int outside = published.applyAsInt(container.name());
    if (outside > 0) told.put("IP", "127.0.0.1");
    told.put("PrivatePort", container.spec().port());
    if (outside > 0) told.put("PublicPort", outside);
    return told.put("Type", "tcp");
  }

  private static void labels(ObjectNode told, SimContainer container) {
    told.put("com.docker.compose.project", "ai");
    told.put("com.docker.compose.service", container.name());
    told.put("com.docker.compose.container-number", "1");
    told.put("com.docker.compose.project.working_dir", "/srv/ai");
  }

  private static String state(SimContainer container) {
    return container.state().name().toLowerCase(Locale.ROOT);
  }

  private static String health(SimContainer container) {
    if (!container.isRunning()) return "unhealthy";
    return container.isHealthy() ? "healthy" : container.isStarting() ? "starting" : "unhealthy";
  }

  private String status(SimContainer container) {
    long now = world.nowMs();
    return switch (container.state()) {
      case RUNNING -> "Up " + span(now - container.startedMs()) + healthWords(container);
      case RESTARTING ->
          "Restarting (%d) %s ago"
              .formatted(container.exitCode(), span(now - container.finishedMs()));
      case EXITED ->
          "Exited (%d) %s ago".formatted(container.exitCode(), span(now - container.finishedMs()));
    };
  }

  private static String healthWords(SimContainer container) {
    if (!container.spec().hasHealthCheck()) return "";
    String health = health(container);
    return health.equals("starting") ? " (health: starting)" : " (" + health + ")";
  }

  private static String span(long ms) {
    long seconds = ms / 1000;
    if (seconds < 120) return seconds + " seconds";
    if (seconds < 7_200) return seconds / 60 + " minutes";
    return seconds < 172_800 ? seconds / 3600 + " hours" : seconds / 86_400 + " days";
  }

  private void networks(ObjectNode settings, SimContainer container) {
    ObjectNode network = settings.putObject("Networks").putObject(NETWORK);
    int index = world.daemon().containers().indexOf(container);
    network.put("NetworkID", "5d1f2c7e9b0a").put("Gateway", "172.20.0.1");
    network.put("IPAddress", container.isRunning() ? "172.20.0." + (index + 2) : "");
    network.putArray("DNSNames").add(container.name()).add(container.id().substring(0, 12));
  }

  private static ArrayNode mounts(SimContainer container) {
    ArrayNode told = Json.array();
    if (!container.spec().isGpu()) return told;
    ObjectNode models = told.addObject();
    models
        .put("Type", "bind")
        .put("Source", HubFiles.MOUNTED)
        .put("Destination", "/root/.cache/huggingface");
    models.put("Mode", "").put("RW", true).put("Propagation", "rprivate");
    return told;
  }

  ObjectNode inspect(SimContainer container) {
    ContainerSpec spec = container.spec();
    ObjectNode told = Json.object();
    told.put("Id", container.id()).put("Created", Json.time(container.createdMs() * 1000));
    told.put("Path", spec.command().getFirst());
    strings(told.putArray("Args"), spec.command().subList(1, spec.command().size()));
    told.set("State", stateOf(container));
    told.put("Image", container.imageId()).put("Name", "/" + container.name());
    told.put("RestartCount", container.restarts())
        .put("Driver", "overlayfs")
        .put("Platform", "linux");
    told.put("LogPath", files == null ? logPath(container) : files.log(container).toString());
    host(told, container);
    told.set("HostConfig", hostConfig(container));
    told.set("Mounts", mounts(container));
    ObjectNode config = told.putObject("Config").put("Hostname", container.id().substring(0, 12));
    config.put("Domainname", "").put("User", "").put("Tty", false).put("Image", spec.image());
    for (String each : List.of("AttachStdin", "AttachStdout", "AttachStderr"))
      config.put(each, false);
    config.put("OpenStdin", false).put("StdinOnce", false).put("WorkingDir", "/app");
    config.putNull("Volumes").putNull("Entrypoint").putNull("OnBuild");
    strings(config.putArray("Env"), spec.environment());
    strings(config.putArray("Cmd"), spec.command());
    labels(config.putObject("Labels"), container);
    ObjectNode settings = told.putObject("NetworkSettings");
    ports(settings.putObject("Ports"), container);
    networks(settings, container);
    return told;
  }

  /** What the daemon keeps for it on the machine. */
  private static void host(ObjectNode told, SimContainer container) {
    String folder = "/var/lib/docker/containers/" + container.id();
    told.put("ResolvConfPath", folder + "/resolv.conf").put("HostnamePath", folder + "/hostname");
    told.put("HostsPath", folder + "/hosts").put("MountLabel", "").put("ProcessLabel", "");
    told.put("AppArmorProfile", "docker-default").putNull("ExecIDs");
    told.putObject("GraphDriver").put("Name", "overlayfs").putNull("Data");
  }

  private static String logPath(SimContainer container) {
    return "/var/lib/docker/containers/%1$s/%1$s-json.log".formatted(container.id());
  }

  private static void strings(ArrayNode into, List<String> all) {
    all.forEach(into::add);
  }

  private void ports(ObjectNode told, SimContainer container) {
    int inner = container.spec().port();
    if (inner == 0) return;
    int outside = container.isRunning() ? published.applyAsInt(container.name()) : 0;
    if (outside == 0) {
      told.putNull(inner + "/tcp");
      return;
    }
    ObjectNode at = told.putArray(inner + "/tcp").addObject();
    at.put("HostIp", "127.0.0.1").put("HostPort", String.valueOf(outside));
  }

  private static ObjectNode stateOf(SimContainer container) {
    ObjectNode told = Json.object();
    told.put("Status", state(container)).put("Running", container.isRunning()).put("Paused", false);
    told.put("Restarting", container.state() == SimContainer.State.RESTARTING);
    told.put("OOMKilled", container.wasOutOfMemory())
        .put("Dead", false)
        .put("Pid", container.pid());
    told.put("ExitCode", container.isRunning() ? 0 : container.exitCode()).put("Error", "");
    told.put("StartedAt", Json.time(container.startedMs() * 1000));
    long ended = container.finishedMs();
    told.put("FinishedAt", ended == 0 ? NEVER : Json.time(ended * 1000));
    if (!container.spec().hasHealthCheck()) return told;
    ObjectNode health = told.putObject("Health").put("Status", health(container));
    health.put("FailingStreak", container.failingStreak()).putArray("Log");
    return told;
  }

  private static ObjectNode hostConfig(SimContainer container) {
    ContainerSpec spec = container.spec();
    ObjectNode told = Json.object();
    told.put("NetworkMode", NETWORK).put("Privileged", false).put("IpcMode", "private");
    told.putObject("RestartPolicy").put("Name", "unless-stopped").put("MaximumRetryCount", 0);
    ObjectNode log = told.putObject("LogConfig").put("Type", "json-file").putObject("Config");
    if (!container.name().equals(NOT_ROTATED)) log.put("max-size", "50m").put("max-file", "3");
    told.put("CpuShares", 0)
        .put("NanoCpus", Math.round(cpus(container) * 1e9))
        .put("CpuPeriod", 0)
        .put("CpuQuota", 0);
    told.put("Memory", spec.memoryLimit()).put("MemoryReservation", 0).put("MemorySwap", 0);
    told.put("ShmSize", spec.isGpu() ? 16L << 30 : 64L << 20).putNull("PidsLimit");
    told.put("Runtime", "runc");
    if (!spec.isGpu()) {
      told.putNull("DeviceRequests");
      return told;
    }
    ObjectNode request = told.putArray("DeviceRequests").addObject();
    request.put("Driver", "nvidia").put("Count", 0);
    ArrayNode ids = request.putArray("DeviceIDs");
    for (int gpu : spec.gpus()) ids.add(String.valueOf(gpu));
    request.putArray("Capabilities").addArray().add("gpu");
    request.putObject("Options");
    return told;
  }

  ObjectNode stats(SimContainer container) {
    ObjectNode told = Json.object();
    told.put("name", "/" + container.name()).put("id", container.id());
    if (!container.isRunning()) return told.put("read", NEVER).put("preread", NEVER);
    told.put("read", Json.time(world.nowUs())).put("preread", NEVER);
    told.putObject("pids_stats").put("current", pids(container)).put("limit", Long.MAX_VALUE);
    ObjectNode disks = told.putObject("blkio_stats");
    ArrayNode bytes = disks.putArray("io_service_bytes_recursive");
    operation(bytes, "read", container.spec().memory() / 4);
    operation(bytes, "write", container.writtenBytes());
    disks.putNull("io_serviced_recursive");
    told.set("cpu_stats", cpu(container));
    ObjectNode before = told.putObject("precpu_stats"); // none, as only one was asked for
    before.putObject("cpu_usage").put("total_usage", 0);
    ObjectNode held = before.putObject("throttling_data");
    held.put("periods", 0).put("throttled_periods", 0).put("throttled_time", 0);
    told.set("memory_stats", memory(container));
    ObjectNode network = told.putObject("networks").putObject("eth0");
    traffic(network, "rx", container.receivedBytes());
    traffic(network, "tx", container.sentBytes());
    return told;
  }

  private static int pids(SimContainer container) {
    return container.spec().isGpu() ? 210 : 34;
  }

  private static void operation(ArrayNode into, String word, long value) {
    into.addObject().put("major", 259).put("minor", 0).put("op", word).put("value", value);
  }

  private ObjectNode cpu(SimContainer container) {
    ObjectNode told = Json.object();
    long total = Math.round(container.cpuSeconds() * 1e9);
    ObjectNode usage = told.putObject("cpu_usage").put("total_usage", total);
    usage.put("usage_in_kernelmode", total / 5).put("usage_in_usermode", total - total / 5);
    long up = Math.max(0, world.nowMs() - world.bootMs());
    told.put("system_cpu_usage", up * 1_000_000L * Fleet.CPUS).put("online_cpus", Fleet.CPUS);
    ObjectNode held = told.putObject("throttling_data");
    boolean isHeld = cpus(container) > 0;
    long periods = isHeld ? Math.max(0, world.nowMs() - container.startedMs()) / 100 : 0;
    held.put("periods", periods).put("throttled_periods", periods / 900);
    held.put("throttled_time", periods / 900 * 31_000_000);
    return told;
  }

  private static ObjectNode memory(SimContainer container) {
    long used = container.memoryBytes();
    long limit = container.spec().memoryLimit();
    ObjectNode told = Json.object().put("usage", used);
    told.put("limit", limit == 0 ? Fleet.MEMORY : limit);
    ObjectNode stats = told.putObject("stats");
    stats.put("anon", used * 7 / 10).put("file", used * 2 / 10).put("file_mapped", used / 20);
    stats.put("inactive_file", used / 8).put("active_file", used * 3 / 40);
    stats.put("kernel_stack", 1_310_720).put("slab", used / 200).put("sock", 4_096);
    stats.put("pgfault", used / 4_096).put("pgmajfault", 120);
    return told;
  }

  private static void traffic(ObjectNode told, String way, long bytes) {
    told.put(way + "_bytes", bytes).put(way + "_packets", bytes / 700);
    told.put(way + "_errors", 0).put(way + "_dropped", 0);
  }
}
