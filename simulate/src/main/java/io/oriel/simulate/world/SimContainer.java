package io.oriel.simulate.world;

/** A container as it stands. Times are milliseconds since 1970. */
public final class SimContainer {
  /** The daemon's words, in lower case. */
  public enum State {
    RUNNING,
    RESTARTING,
    EXITED
  }

  private final ContainerSpec spec;
  private final String id;
  private final String imageId;
  private final long createdMs;
  private State state = State.RUNNING;
  private long startedMs;
  private long finishedMs;
  private int exitCode;
  private boolean wasOutOfMemory;
  private int restarts;
  private int pid;
  private boolean isHealthy = true;
  private int failingStreak;
  private double cpuSeconds;
  private double memoryGrown;
  private double received;
  private double sent;
  private double written;
  private double logged;

  SimContainer(long seed, int number, ContainerSpec spec, long startedMs) {
    this.spec = spec;
    this.id = Chance.hex(seed ^ 0x434fL, number, 64);
    this.imageId = "sha256:" + Chance.hex(spec.image().hashCode(), 1, 64);
    this.createdMs = startedMs - 1_200;
    this.startedMs = startedMs;
    this.pid = 4_000 + number * 211;
    this.logged = 4e6 + 1e6 * number;
  }

  public ContainerSpec spec() {
    return spec;
  }

  public String name() {
    return spec.name();
  }

  /** 64 digits. */
  public String id() {
    return id;
  }

  public String imageId() {
    return imageId;
  }

  public long createdMs() {
    return createdMs;
  }

  public State state() {
    return state;
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  public long startedMs() {
    return startedMs;
  }

  /** 0 when it never ended. */
  public long finishedMs() {
    return finishedMs;
  }

  public int exitCode() {
    return exitCode;
  }

  public boolean wasOutOfMemory() {
    return wasOutOfMemory;
  }

  /** By its policy, not by hand. */
  public int restarts() {
    return restarts;
  }

  /** As the host counts; 0 when it does not run. */
  public int pid() {
    return isRunning() ? pid : 0;
  }

  /** Of its worker on a GPU: the first process itself, beside it one for each further GPU. */
  public int workerPid(int rank) {
    return rank == 0 ? pid : pid + 40 + rank;
  }

  public boolean isHealthy() {
    return isHealthy;
  }

  /** Health checks in a row that failed. */
  public int failingStreak() {
    return failingStreak;
  }

  /** Since its process began, as all that follow. */
  public double cpuSeconds() {
    return cpuSeconds;
  }

  public long memoryBytes() {
    return isRunning() ? spec.memory() + (long) memoryGrown : 0;
  }

  public long receivedBytes() {
    return (long) received;
  }

  public long sentBytes() {
    return (long) sent;
  }

  public long writtenBytes() {
    return (long) written;
  }

  /** The size of its log file: it outlives the process. */
  public long loggedBytes() {
    return (long) logged;
  }

  void begin(long nowMs) {
    state = State.RUNNING;
    startedMs = nowMs;
    pid += 1_009;
    if (pid > 4_000_000) pid -= 3_990_000;
    cpuSeconds = 0;
    memoryGrown = 0;
    received = 0;
    sent = 0;
    written = 0;
    isHealthy = !spec.hasHealthCheck();
    failingStreak = 0;
  }

  void end(State how, int code, boolean outOfMemory, long nowMs) {
    state = how;
    exitCode = code;
    wasOutOfMemory = outOfMemory;
    finishedMs = nowMs;
  }

  void countRestart() {
    restarts++;
  }

  void forgetRestarts() {
    restarts = 0;
  }

  void healthy() {
    isHealthy = true;
    failingStreak = 0;
  }

  void failHealth() {
    isHealthy = false;
    failingStreak++;
  }

  /** Whether its health is still unknown: just begun, few checks failed. */
  public boolean isStarting() {
    return !isHealthy && failingStreak < 3;
  }

  /** A second goes by in which it has so much to do; 1 is a request at work. */
  void second(double load) {
    cpuSeconds += spec.restIdleCpus() * (1 + 0.02 * load) + 0.12 * load;
    received += 260 + 900 * load;
    sent += 240 + 1_400 * load;
    written += 90 + 350 * load;
    logged += 12 + 260 * load;
  }

  /** It wrote so much into its log beside what is usual. */
  void log(double bytes) {
    logged += bytes;
    written += bytes;
  }
}
