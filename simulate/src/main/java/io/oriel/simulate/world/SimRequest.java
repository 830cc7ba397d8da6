package io.oriel.simulate.world;

import org.jspecify.annotations.Nullable;

/**
 * One request, whole: who asked, what it took, how it ended. Everything that any system says of it
 * is derived from this object. Times are microseconds since 1970.
 */
public final class SimRequest {
  /** How it ended, if it did. */
  public enum End {
    OPEN,
    STOP,
    LENGTH,
    ABORT,
    FAILED
  }

  private final long seed;
  private final long number;
  private final Run run;
  private final Run.Step step;
  private final long createdUs;
  private final long overheadUs;
  private long arrivedUs;
  private long startedUs;
  private long firstTokenUs;
  private long endedUs;
  private long tokenUs; // from one to the next
  private int batch;
  private int output;
  private End end = End.OPEN;
  private @Nullable Failure failure;

  SimRequest(long seed, long number, Run run, Run.Step step, long createdUs, long overheadUs) {
    this.seed = seed;
    this.number = number;
    this.run = run;
    this.step = step;
    this.createdUs = createdUs;
    this.overheadUs = overheadUs;
  }

  void arrive(long us) {
    arrivedUs = us;
  }

  /** Computing begins: from here on it is known how it will go if nothing comes between. */
  void start(long us, long prefillUs, long secondsPerTokenUs, int running, int tokens, End how) {
    startedUs = us;
    firstTokenUs = us + prefillUs;
    tokenUs = secondsPerTokenUs;
    batch = running;
    output = tokens;
    endedUs = firstTokenUs + tokenUs * Math.max(0, tokens - 1);
    planned = how;
  }

  private End planned = End.STOP;

  void finish() {
    end = planned;
  }

  void fail(Failure why, long us) {
    if (startedUs > 0 && us < endedUs) output = generated(us);
    if (firstTokenUs > us) firstTokenUs = 0;
    endedUs = us;
    failure = why;
    end = End.FAILED;
  }

  public long number() {
    return number;
  }

  /** The id of the answer, the same in every system. */
  public String id() {
    String kind = server().model().task() == ModelSpec.Task.CHAT ? "chatcmpl-" : "req-";
    return kind + Chance.hex(seed, number, 32);
  }

  public Run run() {
    return run;
  }

  public ServerSpec server() {
    return step.server();
  }

  public ModelSpec model() {
    return step.server().model();
  }

  boolean searches() {
    return step.searches();
  }

  public int promptTokens() {
    return step.prompt();
  }

  /** Of the prompt, those that the server had in its prefix cache. */
  public int cachedTokens() {
    return step.cached();
  }

  public int maxTokens() {
    return step.maxTokens();
  }

  int plannedOutput() {
    return step.output();
  }

  /** Written in all; before its end those that will be. */
  public int outputTokens() {
    return output;
  }

  /** Written until a moment. */
  public int generated(long us) {
    if (startedUs == 0 || firstTokenUs == 0 || us < firstTokenUs || output == 0) return 0;
    if (us >= endedUs || tokenUs == 0) return output;
    return (int) Math.min(output, 1 + (us - firstTokenUs) / tokenUs);
  }

  /** It came to the gateway. */
  public long createdUs() {
    return createdUs;
  }

  /** What the gateway takes for itself. */
  public long overheadUs() {
    return overheadUs;
  }

  /** It came to the model server; 0 when it never did. */
  public long arrivedUs() {
    return arrivedUs;
  }

  /** It left the queue; 0 while it waits. */
  public long startedUs() {
    return startedUs;
  }

  /** 0 when there was none. */
  public long firstTokenUs() {
    return firstTokenUs;
  }

  /** When it ended; before that, when it will. */
  public long endedUs() {
    return endedUs;
  }

  public long queueUs() {
    return startedUs == 0 ? 0 : startedUs - arrivedUs;
  }

  /** From one token to the next. */
  public double tokenSeconds() {
    return tokenUs / 1e6;
  }

  /** How many were computed together with it when it began. */
  public int batch() {
    return batch;
  }

  public End end() {
    return end;
  }

  public boolean isOpen() {
    return end == End.OPEN;
  }

  public @Nullable Failure failure() {
    return failure;
  }

  /** In US dollars, by the price list. */
  public double cost() {
    if (end == End.FAILED) return 0;
    return promptTokens() * model().inputUsd() + output * model().outputUsd();
  }
}
