package io.oriel.simulate.world;

/** What a scenario does to the fleet while it lasts, and how it ends. */
final class Troubles implements Watcher {
  private static final double USUAL_ERRORS = 0.004;
  private static final int HOT_GPU = 3;
  private static final int LEAKING_GPU = 5;
  private static final String LEAKS = "vllm-qwen-vl";
  private static final String DIES = "vllm-qwen2-7b";
  private static final String LOADS_FOR_EVER = "vllm-gpt-oss-120b";
  private static final String[] IN_MAINTENANCE = {"vllm-mistral-small", "vllm-qwen3-coder"};
  private static final long LEAK_BYTES_A_SECOND = 48L << 20;
  private static final double STORM_BYTES_A_SECOND = 2.5e6;
  private static final double USUAL_LOAD_SECONDS = 75;
  private static final double GIVES_UP_SECONDS = 240;
  private static final double LIVES_SECONDS = 30;
  private static final int OUT_OF_MEMORY = 31; // NVIDIA's code: a page of the GPU's memory faulted

  private final World world;
  private final Agenda agenda;
  private Scenario scenario = Scenario.NORMAL;
  private long leaked;

  Troubles(World world, Agenda agenda) {
    this.world = world;
    this.agenda = agenda;
  }

  Scenario scenario() {
    return scenario;
  }

  /** What the leaking process holds beside what it needs. */
  long leaked(ServerSpec server) {
    return server.container().equals(LEAKS) ? leaked : 0;
  }

  void go(Scenario next) {
    if (next == scenario) return;
    Scenario before = scenario;
    scenario = next;
    end(before);
    set(next);
    begin(next);
  }

  /** The numbers that follow from a scenario. */
  void set(Scenario now) {
    world.traffic().scale(rate(now), now == Scenario.COST_OVERRUN ? 3 : 1);
    world.gateway().errorShare(errors(now));
    double slow = now == Scenario.DEGRADED ? 3 : 1;
    world.server(Fleet.LARGEST).slow(slow);
    world.gpus().get(HOT_GPU).cool(now != Scenario.GPU_OVERHEAT);
    world.trainer().diverge(now == Scenario.TRAINING_DIVERGENCE);
  }

  private static double rate(Scenario now) {
    return switch (now) {
      case HIGH_LOAD -> 8;
      case NODE_DOWN -> 0;
      default -> 1;
    };
  }

  private static double errors(Scenario now) {
    return switch (now) {
      case ERROR_BURST -> 0.33;
      case DEGRADED -> 0.04;
      default -> USUAL_ERRORS;
    };
  }

  private void begin(Scenario now) {
    Daemon daemon = world.daemon();
    switch (now) {
      case MAINTENANCE -> {
        for (String name : IN_MAINTENANCE) daemon.stop(daemon.container(name));
      }
      case RESTART_LOOP -> daemon.die(daemon.container(DIES), 1);
      case MODEL_LOAD_FAILURE -> daemon.die(daemon.container(LOADS_FOR_EVER), 1);
      case NODE_DOWN -> daemon.powerOff();
      case GPU_OVERHEAT -> world.loadOn(HOT_GPU, 0.8); // heat needs work
      default -> {}
    }
  }

  private void end(Scenario before) {
    Daemon daemon = world.daemon();
    switch (before) {
      case MAINTENANCE -> {
        for (String name : IN_MAINTENANCE) daemon.start(daemon.container(name));
      }
      case NODE_DOWN -> daemon.powerOn();
      case GPU_MEMORY_LEAK -> {
        leaked = 0;
        daemon.stop(daemon.container(LEAKS)); // somebody restarts it by hand
        daemon.start(daemon.container(LEAKS));
      }
      case GPU_OVERHEAT -> world.loadOn(HOT_GPU, 0);
      case RESTART_LOOP -> daemon.container(DIES).forgetRestarts();
      case MODEL_LOAD_FAILURE -> {
        SimContainer container = daemon.container(LOADS_FOR_EVER);
        container.forgetRestarts();
        if (container.isRunning()) load(container);
      }
      default -> {}
    }
  }

  void second() {
    switch (scenario) {
      case GPU_MEMORY_LEAK -> leak();
      case LOG_STORM -> world.daemon().container("litellm").log(STORM_BYTES_A_SECOND);
      default -> {}
    }
  }

  private void leak() {
    SimContainer container = world.daemon().container(LEAKS);
    if (!container.isRunning()) return;
    if (world.gpus().get(LEAKING_GPU).free() > 4 * LEAK_BYTES_A_SECOND) {
      leaked += LEAK_BYTES_A_SECOND;
    } else {
      leaked = 0;
      world.report(LEAKING_GPU, OUT_OF_MEMORY);
      world.daemon().die(container, 1);
    }
  }

  @Override
  public void began(SimContainer container) {
    boolean isDoomed = scenario == Scenario.RESTART_LOOP && container.name().equals(DIES);
    long start = container.startedMs();
    if (isDoomed) {
      agenda.in(LIVES_SECONDS, () -> dieUnlessAnother(container, start, Scenario.RESTART_LOOP));
    } else if (isStuck(container)) {
      agenda.in(
          GIVES_UP_SECONDS, () -> dieUnlessAnother(container, start, Scenario.MODEL_LOAD_FAILURE));
    } else {
      load(container);
    }
  }

  private boolean isStuck(SimContainer container) {
    return scenario == Scenario.MODEL_LOAD_FAILURE && container.name().equals(LOADS_FOR_EVER);
  }

  private void dieUnlessAnother(SimContainer container, long start, Scenario cause) {
    if (scenario == cause && container.startedMs() == start) world.daemon().die(container, 1);
    else if (container.startedMs() == start) load(container);
  }

  /** Its model comes into memory; then it answers. */
  private void load(SimContainer container) {
    long start = container.startedMs();
    agenda.in(
        USUAL_LOAD_SECONDS,
        () -> {
          if (container.isRunning() && container.startedMs() == start) world.loaded(container);
        });
  }
}
