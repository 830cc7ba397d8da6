package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.DockerEvent;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The Engine API of Docker, as far as it is read. */
final class Docker implements Answering {
  private static final String API = "1.52";
  private static final String OLDEST_API = "1.44";
  private static final String CONTAINERS = "/containers/";

  private static final List<String> ABILITIES =
      List.of(
          "MemoryLimit",
          "SwapLimit",
          "CpuCfsPeriod",
          "CpuCfsQuota",
          "CPUShares",
          "CPUSet",
          "PidsLimit",
          "IPv4Forwarding");

  private final World world;
  private final DockerContainers containers;

  /**
   * @param published the port of this machine at which a container's system answers; 0 for none
   * @param files where logs lie; null where nobody looks at files
   */
  Docker(World world, ToIntFunction<String> published, @Nullable FleetFiles files) {
    this.world = world;
    this.containers = new DockerContainers(world, published, files);
  }

  @Override
  public Answer answer(Question question) {
    String path = question.path().replaceFirst("^/v1\\.[0-9]+", "");
    return switch (path) {
      case "/_ping" -> Answer.text(200, "OK", "text/plain; charset=utf-8");
      case "/version" -> version();
      case "/info" -> info();
      case "/containers/json" -> list(question);
      case "/events" -> events(question);
      case "/system/df" -> df();
      case "/images/json" -> images();
      default -> path.startsWith(CONTAINERS) ? container(path) : notFound("page not found");
    };
  }

  private Answer list(Question question) {
    boolean all = question.number("all", 0) == 1;
    return Json.answer(containers.list(all, question.number("size", 0) == 1));
  }

  private static Answer notFound(String message) {
    return Answer.json(404, "{\"message\":\"" + message + "\"}");
  }

  private Answer container(String path) {
    String[] parts = path.substring(CONTAINERS.length()).split("/", -1);
    if (parts.length != 2) return notFound("page not found");
    SimContainer found = containers.find(parts[0]);
    if (found == null)
      return notFound("No such container: " + parts[0].replaceAll("[^0-9a-zA-Z._-]", ""));
    return switch (parts[1]) {
      case "json" -> Json.answer(containers.inspect(found));
      case "stats" -> Json.answer(containers.stats(found));
      default -> notFound("page not found");
    };
  }

  private static Answer version() {
    ObjectNode told = Json.object();
    told.putObject("Platform").put("Name", "Docker Engine - Community");
    ObjectNode engine = told.putArray("Components").addObject();
    engine.put("Name", "Engine").put("Version", "29.4.1");
    told.put("Version", "29.4.1").put("ApiVersion", API).put("MinAPIVersion", OLDEST_API);
    told.put("GitCommit", "b985e23").put("GoVersion", "go1.26.2").put("Os", "linux");
    told.put("Arch", "amd64").put("KernelVersion", NodePage.KERNEL);
    told.put("BuildTime", "2026-05-11T14:02:51.000000000+00:00");
    return Json.answer(told);
  }

  private Answer info() {
    int running = 0;
    Set<String> images = new TreeSet<>();
    for (SimContainer each : world.daemon().containers()) {
      if (each.isRunning()) running++;
      images.add(each.spec().image());
    }
    int all = world.daemon().containers().size();
    ObjectNode told = Json.object();
    told.put("ID", "0d2f7a51-6f0c-4a86-9d1d-9a0cbb1f4c11").put("Containers", all);
    told.put("ContainersRunning", running).put("ContainersPaused", 0);
    told.put("ContainersStopped", all - running).put("Images", images.size());
    told.put("Driver", "overlayfs").put("LoggingDriver", "json-file");
    told.put("CgroupDriver", "systemd").put("CgroupVersion", "2");
    told.put("SystemTime", Json.time(world.nowUs())).put("KernelVersion", NodePage.KERNEL);
    told.put("OperatingSystem", "Ubuntu 24.04.3 LTS").put("OSType", "linux");
    told.put("Architecture", "x86_64").put("NCPU", Fleet.CPUS).put("MemTotal", Fleet.MEMORY);
    told.put("DockerRootDir", "/var/lib/docker").put("Name", Fleet.HOST);
    told.put("ServerVersion", "29.4.1").put("DefaultRuntime", "runc");
    ObjectNode runtimes = told.putObject("Runtimes");
    runtimes.putObject("runc").put("path", "runc");
    runtimes.putObject("nvidia").put("path", "nvidia-container-runtime");
    told.put("LiveRestoreEnabled", false)
        .putArray("CDISpecDirs")
        .add("/etc/cdi")
        .add("/var/run/cdi");
    told.putArray("Warnings");
    abilities(told);
    return Json.answer(told);
  }

  /** What the daemon and its kernel can, and what else it always says. */
  private static void abilities(ObjectNode told) {
    for (String each : ABILITIES) told.put(each, true);
    told.put("Debug", false).put("OomKillDisable", false).put("ExperimentalBuild", false);
    told.put("NFd", 212).put("NGoroutines", 305).put("NEventsListener", 1);
    told.put("OSVersion", "24.04").put("Isolation", "").put("InitBinary", "docker-init");
    told.put("IndexServerAddress", "https://index.docker.io/v1/").putNull("GenericResources");
    for (String each : List.of("HttpProxy", "HttpsProxy", "NoProxy")) told.put(each, "");
    told.putArray("DriverStatus").addArray().add("driver-type").add("io.containerd.snapshotter.v1");
    ObjectNode plugins = told.putObject("Plugins").putNull("Authorization");
    plugins.putArray("Volume").add("local");
    plugins.putArray("Network").add("bridge").add("host");
    plugins.putArray("Log").add("json-file").add("journald");
    ObjectNode registry = told.putObject("RegistryConfig");
    registry.putObject("IndexConfigs");
    registry.putArray("InsecureRegistryCIDRs").add("127.0.0.0/8");
    registry.putNull("Mirrors");
    ObjectNode swarm = told.putObject("Swarm").put("NodeID", "").put("NodeAddr", "");
    swarm.put("LocalNodeState", "inactive").put("ControlAvailable", false).put("Error", "");
    swarm.putNull("RemoteManagers");
    told.putObject("ContainerdCommit").put("ID", "f3a1c07d");
    told.putObject("RuncCommit").put("ID", "v1.4.0-0-g8bd78a99");
    told.putObject("InitCommit").put("ID", "de40ad0");
    told.putArray("Labels");
    told.putArray("SecurityOptions").add("name=apparmor").add("name=cgroupns");
  }

  /** One object a line, from the daemon's memory: it never waits for what is to come. */
  private Answer events(Question question) {
    double since = seconds(question.parameter("since"), 0);
    double until = seconds(question.parameter("until"), Double.MAX_VALUE);
    Set<String> wanted = wanted(question.parameter("filters"));
    var lines = new StringBuilder();
    for (DockerEvent each : world.daemon().events()) {
      double at = each.atUs() / 1e6;
      String word = each.action().split(":", -1)[0];
      boolean isWanted = wanted.isEmpty() || wanted.contains(word);
      if (at < since || at > until || !isWanted) continue;
      lines.append(event(each)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    return new Answer(200, "application/json", body);
  }

  private static double seconds(String told, double otherwise) {
    try {
      return Double.parseDouble(told);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The actions that are asked for; empty for all. */
  private static Set<String> wanted(String filters) {
    Set<String> wanted = new TreeSet<>();
    if (filters.isEmpty()) return wanted;
    try {
      JsonNode events = Json.MAPPER.readTree(filters).path("event");
      for (JsonNode each : events) wanted.add(each.asText());
      events.fieldNames().forEachRemaining(wanted::add); // the daemon takes either form
    } catch (IOException _) {
      // no filter that can be read: all
    }
    return wanted;
  }

  private static ObjectNode event(DockerEvent event) {
    SimContainer container = event.container();
    ObjectNode told = Json.object();
    told.put("Type", "container").put("Action", event.action());
    ObjectNode actor = told.putObject("Actor").put("ID", container.id());
    ObjectNode attributes = actor.putObject("Attributes");
    attributes.put("image", container.spec().image()).put("name", container.name());
    if (event.exitCode() >= 0) attributes.put("exitCode", String.valueOf(event.exitCode()));
    attributes.put("com.docker.compose.service", container.name());
    told.put("scope", "local").put("time", event.atUs() / 1_000_000);
    told.put("timeNano", event.atUs() * 1000);
    return told;
  }

  private Answer df() {
    ObjectNode told = Json.object();
    long layers = 412L << 30;
    told.put("LayersSize", layers);
    ObjectNode images = told.putObject("ImageUsage");
    images.put("ActiveCount", 18).put("TotalCount", 23).put("TotalSize", layers);
    images.put("Reclaimable", 61L << 30);
    ObjectNode own = told.putObject("ContainerUsage");
    int all = world.daemon().containers().size();
    own.put("ActiveCount", all).put("TotalCount", all).put("TotalSize", 9_400_000_000L);
    own.put("Reclaimable", 0);
    ObjectNode volumes = told.putObject("VolumeUsage");
    volumes.put("ActiveCount", 7).put("TotalCount", 9).put("TotalSize", 1_180L << 30);
    volumes.put("Reclaimable", 14L << 30);
    told.putObject("BuildCacheUsage").put("TotalCount", 0).put("TotalSize", 0);
    return Json.answer(told);
  }

  private Answer images() {
    ArrayNode all = Json.array();
    Set<String> seen = new TreeSet<>();
    for (SimContainer each : world.daemon().containers()) {
      String image = each.spec().image();
      if (!seen.add(image)) continue;
      ObjectNode told = all.addObject().put("Id", each.imageId());
      told.putArray("RepoTags").add(image);
      told.put("Size", image.contains("vllm") ? 22_700_000_000L : 1_300_000_000L);
    }
    return Json.answer(all);
  }
}
