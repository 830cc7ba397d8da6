package io.oriel.simulate.world;

import io.oriel.simulate.world.SimRequest.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model server at work: requests wait for a slot and for room in the KV cache, are read, and
 * written token by token, the slower the more there are.
 */
public final class ModelServer {
  private static final double SECONDS_BEFORE_PREFILL = 0.012;
  private static final double SLOWER_A_NEIGHBOUR = 0.045;
  private static final double HANG_UP = 0.006; // callers who do not wait for the end

  private final ServerSpec spec;
  private final Agenda agenda;
  private final Chance chance;
  private final Watchers watchers;
  private final Consumer<SimRequest> done;
  private final List<SimRequest> running = new ArrayList<>();
  private final Deque<SimRequest> waiting = new ArrayDeque<>();
  private long reserved; // tokens of the KV cache, promised to what runs
  private long preemptions;
  private boolean isReady;
  private double slowness = 1;

  ModelServer(
      ServerSpec spec, Agenda agenda, Chance chance, Watchers watchers, Consumer<SimRequest> done) {
    this.spec = spec;
    this.agenda = agenda;
    this.chance = chance;
    this.watchers = watchers;
    this.done = done;
  }

  public ServerSpec spec() {
    return spec;
  }

  /** Its model is loaded and it answers. */
  public boolean isReady() {
    return isReady;
  }

  /** What is computed now; read it before the world steps on. */
  public List<SimRequest> running() {
    return Collections.unmodifiableList(running);
  }

  public int waiting() {
    return waiting.size();
  }

  /** Since its process began. */
  public long preemptions() {
    return preemptions;
  }

  /** From 0 to 1. */
  public double kvUsage() {
    long tokens = 0;
    for (int i = 0; i < running.size(); i++) {
      SimRequest each = running.get(i);
      tokens += blocks(each.promptTokens() + each.generated(agenda.nowUs()));
    }
    return Math.min(1, (double) tokens / spec.kvTokens());
  }

  /** What it keeps the GPU at: 0 idle, 1 as much as it can. */
  double intensity() {
    int n = running.size();
    return n == 0 ? 0 : 0.42 + 0.5 * n / (n + 5.0);
  }

  void slow(double factor) {
    slowness = factor;
  }

  void ready() {
    isReady = true;
  }

  /** Its process is gone: so is all that it had. */
  void away() {
    isReady = false;
    preemptions = 0;
    reserved = 0;
    var lost = new ArrayList<>(running);
    lost.addAll(waiting);
    running.clear();
    waiting.clear();
    for (SimRequest each : lost) end(each, Failure.AWAY);
  }

  void offer(SimRequest request) {
    request.arrive(agenda.nowUs());
    watchers.tell(each -> each.arrived(request));
    waiting.add(request);
    admit();
  }

  private void admit() {
    while (!waiting.isEmpty() && running.size() < spec.slots()) {
      SimRequest next = waiting.peek();
      long room = blocks(next.promptTokens() + next.plannedOutput());
      if (!running.isEmpty() && reserved + room > spec.kvTokens()) {
        if (chance.hits(0.02)) preemptions++;
        return;
      }
      waiting.poll();
      reserved += room;
      running.add(next);
      start(next);
    }
  }

  private void start(SimRequest request) {
    int neighbours = running.size() - 1;
    double crowd = slowness * (1 + SLOWER_A_NEIGHBOUR * neighbours);
    double toRead = request.promptTokens() - request.cachedTokens();
    double prefill =
        SECONDS_BEFORE_PREFILL + toRead / spec.prefillRate() * crowd * chance.between(0.9, 1.25);
    double token = spec.tokenSeconds() * crowd * chance.between(0.95, 1.15);
    int output = request.plannedOutput();
    End how = output >= request.maxTokens() && output > 0 ? End.LENGTH : End.STOP;
    if (output > 60 && chance.hits(HANG_UP)) {
      how = End.ABORT;
      output = Math.max(1, (int) (output * chance.share()));
    }
    long now = agenda.nowUs();
    request.start(now, micros(prefill), micros(token), running.size(), output, how);
    watchers.tell(each -> each.started(request));
    agenda.at(request.firstTokenUs(), () -> firstToken(request));
    agenda.at(request.endedUs(), () -> finish(request));
  }

  private void firstToken(SimRequest request) {
    if (request.isOpen()) watchers.tell(each -> each.firstToken(request));
  }

  private void finish(SimRequest request) {
    if (!request.isOpen()) return; // its server went away meanwhile
    running.remove(request);
    reserved -= blocks(request.promptTokens() + request.plannedOutput());
    request.finish();
    watchers.tell(each -> each.ended(request));
    done.accept(request);
    admit();
  }

  private void end(SimRequest request, Failure why) {
    request.fail(why, agenda.nowUs());
    watchers.tell(each -> each.ended(request));
    done.accept(request);
  }

  private static long micros(double seconds) {
    return Math.max(1, Math.round(seconds * 1e6));
  }

  private static long blocks(long tokens) {
    return (tokens + ServerSpec.BLOCK - 1) / ServerSpec.BLOCK * ServerSpec.BLOCK;
  }
}
