package io.oriel.simulate;

import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.peer.Transport;
import io.oriel.model.Clock;
import io.oriel.simulate.gpu.FleetNvml;
import io.oriel.simulate.gpu.GpuReports;
import io.oriel.simulate.http.HttpServer;
import io.oriel.simulate.serve.Control;
import io.oriel.simulate.serve.FleetFiles;
import io.oriel.simulate.serve.Served;
import io.oriel.simulate.serve.Stage;
import io.oriel.simulate.serve.Systems;
import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A running simulated fleet. Its systems answer on ports of this machine's loopback address, until
 * it is closed. Thread-safe.
 */
public final class Simulation implements SimulatedFleet {
  /** The environment's name for the scenario to begin with. */
  public static final String SCENARIO_VARIABLE = "ORIEL_SCENARIO";

  private static final String DOCKER_SOCKET = "docker.sock";
  private static final int LONGEST_SOCKET = 100; // Linux takes 107 bytes

  private final SimulationSettings settings;
  private final long startMs;
  private final Diary diary;
  private final Stage stage;
  private final World world;
  private final FleetFiles files;
  private final Systems systems;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private @Nullable Path temporary;
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();

  private Simulation(SimulationSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.startMs = clock.millis();
    this.diary = Diary.open(settings, startMs);
    this.world = world(settings.seed(), diary.bornMs(), diary.past());
    diary.replay(world);
    LongSupplier now = () -> startMs + Math.round((clock.millis() - startMs) * settings.speed());
    this.stage = new Stage(world, now);
    this.files = new FleetFiles(world, settings.folder());
    stage.afterSteps(files::settle);
    this.systems = new Systems(stage, name -> ports.getOrDefault(name, 0), files);
  }

  /** The fleet as it begins: the same for the present and for its history. */
  static World world(long seed, long bornMs, Duration past) {
    var world = new World(seed, bornMs - past.toMillis());
    Incidents.plan(world, bornMs);
    return world;
  }

  /**
   * Starts it.
   *
   * @throws IOException when a port is taken or the folder can't be written
   */
  public static Simulation start(SimulationSettings settings, Clock clock) throws IOException {
    var simulation = new Simulation(settings, clock);
    try {
      simulation.listen();
    } catch (IOException e) {
      simulation.close();
      throw e;
    }
    simulation.begin(settings.scenario());
    return simulation;
  }

  /** It is planned and not switched to at once: a long past is stepped over by the first answer. */
  private void begin(Scenario first) {
    boolean isFirstStart = diary.bornMs() == startMs;
    if (isFirstStart && first == Scenario.NORMAL) return;
    world.plan(startMs, first);
    diary.note(startMs, first);
  }

  private void listen() throws IOException {
    Files.createDirectories(settings.folder());
    int port = settings.basePort();
    var control = new Control(stage, files.proc(), this::scenario);
    add("control", "control", HttpServer.onPort("control", port, control));
    var places = new ArrayList<Control.Place>();
    for (Served each : systems.byPort()) {
      if (port > 0) port++;
      HttpServer server = HttpServer.onPort(each.name(), port, each.answering());
      servers.add(server);
      ports.put(each.name(), server.port());
      add(each, at(server), places);
    }
    Path socket = socket();
    servers.add(HttpServer.atSocket("docker", socket, systems.docker().answering()));
    add(systems.docker(), URI.create("unix://" + socket), places);
    control.tell(places);
  }

  private void add(Served served, URI uri, List<Control.Place> places) {
    endpoints.add(endpoint(served, uri));
    places.add(new Control.Place(served, uri.toString()));
  }

  /** In the folder, unless the name would be longer than the kernel takes. */
  private Path socket() throws IOException {
    Path near = settings.folder().resolve(DOCKER_SOCKET).toAbsolutePath();
    if (near.toString().length() <= LONGEST_SOCKET) return near;
    Path folder = Files.createTempDirectory("oriel-simulated");
    temporary = folder;
    return folder.resolve(DOCKER_SOCKET);
  }

  private void add(String kind, String name, HttpServer server) {
    servers.add(server);
    endpoints.add(new Endpoint(kind, name, at(server), false, "", ""));
  }

  private static URI at(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private static Endpoint endpoint(Served served, URI uri) {
    return new Endpoint(
        served.kind(), served.name(), uri, served.metrics(), served.user(), served.secret());
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  @Override
  public void scenario(Scenario scenario) {
    stage.now(() -> {
      world.go(scenario);
      diary.note(world.nowMs(), scenario);
      return scenario;
    });
  }

  @Override
  public Scenario scenario() {
    return stage.now(world::scenario);
  }

  /**
   * Asks a system without a connection.
   *
   * @param name as in {@link Endpoint#name}
   * @throws IllegalArgumentException for a name that none has
   */
  public Transport transport(String name) {
    return transport(systems, name);
  }

  static Transport transport(Systems systems, String name) {
    var all = new ArrayList<>(systems.byPort());
    all.add(systems.docker());
    for (Served each : all) {
      if (each.name().equals(name)) return new InProcess("simulated " + name, each.answering());
    }
    throw new IllegalArgumentException("no simulated system is called " + name);
  }

  @Override
  public Path proc() {
    return files.proc();
  }

  @Override
  public Path root() {
    return files.root();
  }

  /**
   * The fleet's past, from its beginning up to {@link #bornMs}: another copy of the same world, so
   * that what it counted goes on here.
   */
  public History history() {
    World copy = world(settings.seed(), diary.bornMs(), diary.past());
    return new History(copy, diary.bornMs(), name -> ports.getOrDefault(name, 0));
  }

  /**
   * When this fleet was started for the first time, milliseconds since 1970: there its {@link
   * #history} ends.
   */
  public long bornMs() {
    return diary.bornMs();
  }

  /** How long before {@link #bornMs} it begins. */
  public Duration past() {
    return diary.past();
  }

  @Override
  public Nvml.Opening nvml() {
    return () ->
        new FleetNvml("simulated fleet", () -> stage.now(() -> GpuReports.of(world)), true);
  }

  /**
   * The scenario that the environment asks for.
   *
   * @param told the variable's value; null when it is not set
   * @throws IllegalArgumentException for a word that is no scenario
   */
  public static Scenario scenarioOf(@Nullable String told) {
    if (told == null || told.isBlank()) return Scenario.NORMAL;
    Scenario scenario = Scenario.of(told);
    if (scenario != null) return scenario;
    var keys = java.util.Arrays.stream(Scenario.values()).map(Scenario::key).toList();
    throw new IllegalArgumentException(
        "there is no scenario %s; choose one of %s".formatted(told, String.join(", ", keys)));
  }

  /** Ends it: nothing answers any more. */
  @Override
  public void close() {
    servers.forEach(HttpServer::close);
    for (Endpoint each : endpoints) {
      if (each.kind().equals("docker")) remove(Path.of(each.uri().getPath()));
    }
    if (temporary != null) remove(temporary);
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // the next start replaces it
    }
  }
}
