package io.oriel.simulate.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The simulated fleet at one moment. It steps forward, never back: second by second inside, by any
 * length from outside. Not thread-safe: who shares it holds one lock around every use.
 */
public final class World {
  private static final int HEALTH_CHECK_SECONDS = 30;
  private static final long DAY_MS = 86_400_000;

  private final Agenda agenda;
  private final Watchers watchers = new Watchers();
  private final Daemon daemon;
  private final Gateway gateway;
  private final Traffic traffic;
  private final Trainer trainer;
  private final Troubles troubles;
  private final Map<String, ModelServer> servers = new LinkedHashMap<>(); // by container
  private final List<GpuState> gpus = new ArrayList<>();
  private final List<Xid> xids = new ArrayList<>();
  private final double[] extraLoad = new double[Fleet.GPUS];
  private final double[] wanted = new double[Fleet.GPUS];
  private final List<Placed> placed = new ArrayList<>(); // in the order of the containers
  private final ArrayDeque<Switch> switches = new ArrayDeque<>();
  private final SimContainer trainerContainer;
  private final long startMs;
  private long bootMs;

  /**
   * A fleet that has been up for some days.
   *
   * @param startMs milliseconds since 1970; the second it lies in begins the simulation
   */
  public World(long seed, long startMs) {
    this.startMs = startMs / 1000 * 1000;
    this.bootMs = this.startMs - 11 * DAY_MS;
    this.agenda = new Agenda(this.startMs * 1000);
    this.daemon = new Daemon(agenda, watchers);
    this.gateway = new Gateway(seed, agenda, new Chance(Chance.mix(seed, 1)), watchers);
    this.traffic = new Traffic(seed, agenda, new Chance(Chance.mix(seed, 2)), watchers, gateway);
    this.trainer = new Trainer(new Chance(Chance.mix(seed, 3)));
    for (int i = 0; i < Fleet.GPUS; i++) gpus.add(new GpuState(seed, i));
    int number = 0;
    for (ContainerSpec spec : Fleet.CONTAINERS) {
      long started = this.startMs - 3 * DAY_MS - number * 1_700_000L;
      daemon.add(new SimContainer(seed, number++, spec, started));
    }
    for (ServerSpec spec : Fleet.SERVERS) {
      var chance = new Chance(Chance.mix(seed, 100 + servers.size()));
      var server = new ModelServer(spec, agenda, chance, watchers, gateway::over);
      server.ready();
      servers.put(spec.container(), server);
      gateway.connect(server);
    }
    for (SimContainer each : daemon.containers()) {
      placed.add(new Placed(each, servers.get(each.name())));
    }
    this.trainerContainer = daemon.container(Fleet.TRAINER);
    this.troubles = new Troubles(this, agenda);
    troubles.set(Scenario.NORMAL);
    watchers.add(new Lifecycle());
    watchers.add(troubles);
    placeProcesses();
  }

  private record Switch(long second, Scenario to) {}

  /** A container, and the model server in it, if there is one: looked up every second. */
  private record Placed(SimContainer container, @Nullable ModelServer server) {
    double load(double openShare) {
      if (server != null) return server.running().size();
      return container.spec().restIdleCpus() > 1 ? 0 : openShare;
    }
  }

  /** What follows at once from a container's coming and going. */
  private final class Lifecycle implements Watcher {
    @Override
    public void began(SimContainer container) {
      placeProcesses();
    }

    @Override
    public void stopped(SimContainer container) {
      ModelServer server = servers.get(container.name());
      if (server != null) server.away();
      placeProcesses();
    }
  }

  /** Who watches is told from now on. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Steps forward to a moment; nothing happens when it is not ahead. Milliseconds since 1970. */
  public void advanceTo(long ms) {
    long end = ms / 1000;
    for (long second = nowMs() / 1000; second < end; second++) {
      switchAt(second);
      step(second);
    }
    switchAt(end);
  }

  private void switchAt(long second) {
    for (Switch due = switches.peek();
        due != null && due.second() <= second;
        due = switches.peek()) {
      switches.remove();
      go(due.to());
    }
  }

  private void step(long second) {
    boolean isUp = !isDown();
    if (isUp) traffic.second(second);
    agenda.runUntil((second + 1) * 1_000_000);
    troubles.second();
    if (!isUp) return;
    trainer.second();
    if (troubles.scenario() == Scenario.GPU_MEMORY_LEAK) placeProcesses();
    physics(second);
    if (second % HEALTH_CHECK_SECONDS == 0) checkHealth();
  }

  private void physics(long second) {
    System.arraycopy(extraLoad, 0, wanted, 0, wanted.length);
    if (trainerContainer.isRunning()) {
      wanted[Fleet.TRAINER_GPU] += trainer.intensity();
    }
    for (ModelServer server : servers.values()) {
      double load = server.intensity();
      if (load == 0) continue;
      for (int gpu : server.spec().gpus()) wanted[gpu] += load;
    }
    double inlet = 1.4 * Math.sin(second * (2 * Math.PI / 86_400) - 2.1); // warmer in the afternoon
    for (GpuState gpu : gpus) {
      boolean wasHot = gpu.isHot();
      gpu.inlet(inlet);
      gpu.second(wanted[gpu.index()], gpu.index() < 2);
      if (gpu.isHot() != wasHot) slow(gpu);
    }
    double openShare = 0.4 * open();
    for (int i = 0; i < placed.size(); i++) {
      Placed each = placed.get(i);
      if (each.container().isRunning()) each.container().second(each.load(openShare));
    }
  }

  private void slow(GpuState gpu) {
    for (ModelServer server : servers.values()) {
      if (server.spec().gpus().contains(gpu.index())) server.slow(gpu.slowness());
    }
  }

  private int open() {
    int open = 0;
    for (ModelServer server : servers.values()) open += server.running().size();
    return open;
  }

  private void checkHealth() {
    for (SimContainer each : daemon.containers()) {
      if (!each.isRunning() || !each.spec().hasHealthCheck()) continue;
      ModelServer server = servers.get(each.name());
      daemon.health(each, server == null || server.isReady());
    }
  }

  /** Who holds memory of which GPU follows from what runs. */
  private void placeProcesses() {
    for (GpuState gpu : gpus) gpu.clearProcesses();
    for (ModelServer server : servers.values()) {
      ServerSpec spec = server.spec();
      SimContainer container = daemon.container(spec.container());
      if (!container.isRunning()) continue;
      for (int rank = 0; rank < spec.gpus().size(); rank++) {
        long bytes = spec.bytesPerGpu() + troubles.leaked(spec);
        String name = processName(spec, rank);
        gpus.get(spec.gpus().get(rank))
            .add(new GpuProcess(container.workerPid(rank), name, container.name(), bytes));
      }
    }
    if (!trainerContainer.isRunning()) return;
    int pid = trainerContainer.pid();
    gpus.get(Fleet.TRAINER_GPU)
        .add(new GpuProcess(pid, "python", trainerContainer.name(), Fleet.TRAINER_BYTES));
  }

  private static String processName(ServerSpec spec, int rank) {
    return switch (spec.engine()) {
      case OLLAMA -> "/usr/bin/ollama";
      case LLAMA_CPP -> "/app/llama-server";
      case VLLM -> spec.gpus().size() > 1 ? "VLLM::Worker_TP" + rank : "VLLM::EngineCore";
    };
  }

  /** A container's model is in memory. */
  void loaded(SimContainer container) {
    ModelServer server = servers.get(container.name());
    if (server != null) server.ready();
    if (container.spec().hasHealthCheck()) daemon.health(container, true);
  }

  void report(int gpu, int code) {
    xids.add(new Xid(xids.isEmpty() ? 1 : xids.getLast().number() + 1, gpu, code));
    if (xids.size() > 64) xids.removeFirst();
  }

  void loadOn(int gpu, double load) {
    extraLoad[gpu] = load;
  }

  /** Goes over to another scenario; the one before ends. */
  public void go(Scenario scenario) {
    troubles.go(scenario);
    if (scenario == Scenario.NODE_DOWN) bootMs = 0;
    else if (bootMs == 0) bootMs = nowMs();
  }

  /**
   * Goes over to another scenario when its moment has come, exactly as {@link #go} at that moment
   * would. Plans are made in the order of time.
   *
   * @param ms milliseconds since 1970; the second it lies in counts
   */
  public void plan(long ms, Scenario scenario) {
    switches.add(new Switch(ms / 1000, scenario));
  }

  public Scenario scenario() {
    return troubles.scenario();
  }

  /** The machine does not answer. */
  public boolean isDown() {
    return troubles.scenario() == Scenario.NODE_DOWN;
  }

  /** Milliseconds since 1970; whole seconds. */
  public long nowMs() {
    return agenda.nowUs() / 1000;
  }

  public long nowUs() {
    return agenda.nowUs();
  }

  /** When the simulation began. */
  public long startMs() {
    return startMs;
  }

  /** When the machine was started; 0 while it is down. */
  public long bootMs() {
    return bootMs;
  }

  public List<GpuState> gpus() {
    return Collections.unmodifiableList(gpus);
  }

  /** The last errors of GPUs, oldest first. */
  public List<Xid> xids() {
    return List.copyOf(xids);
  }

  public Daemon daemon() {
    return daemon;
  }

  public Trainer trainer() {
    return trainer;
  }

  /** All model servers, in the order of the table. */
  public List<ModelServer> servers() {
    return List.copyOf(servers.values());
  }

  /** The one that serves a model. */
  public ModelServer server(String model) {
    @Nullable ModelServer found = servers.get(Fleet.server(model).container());
    if (found == null) throw new IllegalArgumentException("no such model: " + model);
    return found;
  }

  Traffic traffic() {
    return traffic;
  }

  Gateway gateway() {
    return gateway;
  }
}
