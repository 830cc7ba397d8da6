package io.oriel.simulate.world;

import java.util.List;

/** What a caller does for one reason: a conversation, an agent's task, a workflow's execution. */
public final class Run {
  /**
   * One request of a run, as it is planned.
   *
   * @param prompt tokens; of a reranker those of all passages
   * @param cached of them, that the server knows from the step before
   * @param output tokens, if nobody hangs up
   * @param pauseSeconds before it, after the step before has ended
   * @param searches whether passages are looked up in the vector database after it
   */
  record Step(
      ServerSpec server,
      int prompt,
      int cached,
      int output,
      int maxTokens,
      double pauseSeconds,
      boolean searches) {}

  private final long seed;
  private final long number;
  private final Caller caller;
  private final int user;
  private final long session;
  private final List<Step> steps;
  private final long beganUs;
  private int at;
  private long endedUs;
  private boolean hasFailed;

  Run(long seed, long number, Caller caller, int user, long session, List<Step> steps, long us) {
    this.seed = seed;
    this.number = number;
    this.caller = caller;
    this.user = user;
    this.session = session;
    this.steps = steps;
    this.beganUs = us;
  }

  /** Its trace's id: 32 hexadecimal digits. */
  public String id() {
    return Chance.hex(seed ^ 0x52554eL, number, 32);
  }

  public long number() {
    return number;
  }

  public String session() {
    return "session-" + Chance.hex(seed ^ 0x534553L, session, 12);
  }

  public String user() {
    return caller.app() + "-user-" + (user + 1);
  }

  public Caller caller() {
    return caller;
  }

  /** Microseconds since 1970. */
  public long beganUs() {
    return beganUs;
  }

  /** 0 while it goes on. */
  public long endedUs() {
    return endedUs;
  }

  public boolean hasFailed() {
    return hasFailed;
  }

  boolean hasNext() {
    return at < steps.size();
  }

  Step next() {
    return steps.get(at++);
  }

  Step upcoming() {
    return steps.get(at);
  }

  void end(long us, boolean failed) {
    endedUs = us;
    hasFailed = failed;
  }
}
