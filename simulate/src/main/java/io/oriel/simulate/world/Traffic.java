package io.oriel.simulate.world;

import io.oriel.simulate.world.Caller.Habit;
import java.util.ArrayList;
import java.util.List;

/** Lets callers call: so many runs as the hour of day asks for, each step after the one before. */
final class Traffic {
  private static final double LEAST_A_MINUTE = 10;
  private static final double MORE_BY_DAY = 9;
  private static final double REQUESTS_A_RUN = 3.05; // of the habits below, by their shares
  private static final String PASSAGES = "handbook";
  private static final long DAY_S = 86_400;

  private final long seed;
  private final Agenda agenda;
  private final Chance chance;
  private final Watchers watchers;
  private final Gateway gateway;
  private double factor = 1;
  private double craze = 1; // how much more the agents do than they should
  private long number;

  Traffic(long seed, Agenda agenda, Chance chance, Watchers watchers, Gateway gateway) {
    this.seed = seed;
    this.agenda = agenda;
    this.chance = chance;
    this.watchers = watchers;
    this.gateway = gateway;
    gateway.onDone(this::over);
  }

  void scale(double newFactor, double newCraze) {
    factor = newFactor;
    craze = newCraze;
  }

  /** Requests a minute at a moment, on an ordinary day. */
  static double perMinute(long epochSeconds) {
    double hour = (epochSeconds % DAY_S) / 3600.0;
    double fromNoon = (hour - 13.5) / 4.2;
    long weekday = (epochSeconds / DAY_S + 3) % 7; // 1970 began on a Thursday
    double workers = weekday >= 5 ? 0.35 : 1;
    return LEAST_A_MINUTE + MORE_BY_DAY * workers * Math.exp(-fromNoon * fromNoon);
  }

  /** What begins within the second that starts now. */
  void second(long epochSeconds) {
    double runs = perMinute(epochSeconds) * factor / REQUESTS_A_RUN / 60;
    for (int i = chance.count(runs); i > 0; i--) begin(caller());
    if (craze > 1 && chance.hits(0.08)) begin(Fleet.CALLERS.get(3));
  }

  private Caller caller() {
    double at = chance.share();
    for (Caller each : Fleet.CALLERS) {
      at -= each.share();
      if (at < 0) return each;
    }
    return Fleet.CALLERS.getFirst();
  }

  private void begin(Caller caller) {
    long us = agenda.nowUs() + chance.between(0, 999_999);
    int user = chance.between(0, caller.users() - 1);
    long session = number / 3; // some runs belong together
    var run = new Run(seed, number++, caller, user, session, steps(caller), us);
    agenda.at(
        us,
        () -> {
          watchers.tell(each -> each.runBegan(run));
          gateway.send(run, run.next());
        });
  }

  private void over(SimRequest request) {
    Run run = request.run();
    boolean failed = request.failure() != null;
    if (!failed && request.searches()) search(run);
    if (failed || !run.hasNext()) {
      run.end(agenda.nowUs(), failed);
      watchers.tell(each -> each.runEnded(run));
      return;
    }
    agenda.in(run.upcoming().pauseSeconds(), () -> gateway.send(run, run.next()));
  }

  private void search(Run run) {
    long took = Math.round(chance.around(6_000, 0.6));
    var search = new Search(run, PASSAGES, agenda.nowUs(), took);
    watchers.tell(each -> each.searched(search));
  }

  private List<Run.Step> steps(Caller caller) {
    return switch (caller.habit()) {
      case CHAT -> talk(caller, chance.between(1, 5), 25, 320);
      case RETRIEVAL -> retrieval(caller);
      case AGENT -> talk(caller, (int) (chance.between(4, 8) * craze), 1.5, 180);
      case CODE -> talk(caller, chance.between(1, 3), 12, 140);
      case WORKFLOW -> talk(caller, chance.between(1, 3), 0.4, 90);
      case EVALUATION -> talk(caller, chance.between(2, 4), 0.2, 120);
    };
  }

  /** Turn after turn; each prompt holds what was said before, most of it in the cache. */
  private List<Run.Step> talk(Caller caller, int turns, double pause, int middle) {
    ServerSpec server = Fleet.server(chance.favouring(caller.models()));
    var steps = new ArrayList<Run.Step>(turns);
    int known = 0;
    int prompt = firstPrompt(caller.habit());
    for (int i = 0; i < turns; i++) {
      prompt = Math.min(prompt, server.model().contextLength() / 2);
      int output = (int) Math.max(1, chance.around(middle, 0.8));
      int most = caller.habit() == Habit.CODE ? 512 : 2048;
      output = Math.min(output, most);
      int cached = Math.min(known, prompt - 1) / ServerSpec.BLOCK * ServerSpec.BLOCK;
      double wait = i == 0 ? 0 : chance.around(pause, 0.6);
      steps.add(new Run.Step(server, prompt, cached, output, most, wait, false));
      known = prompt + output;
      prompt = known + (int) (chance.around(60, 0.7) * craze * craze);
    }
    return steps;
  }

  private int firstPrompt(Habit habit) {
    double middle =
        switch (habit) {
          case CHAT -> 350;
          case AGENT -> 2_400 * craze;
          case CODE -> 3_800;
          case WORKFLOW -> 700;
          case EVALUATION -> 260;
          case RETRIEVAL -> 0;
        };
    return (int) Math.clamp(chance.around(middle, 0.7), 8, 60_000);
  }

  private List<Run.Step> retrieval(Caller caller) {
    int question = chance.between(8, 60);
    int passages = chance.between(1_800, 5_200);
    ServerSpec writer = Fleet.server(chance.favouring(caller.models()));
    int output = (int) Math.clamp(chance.around(260, 0.6), 1, 1024);
    int prompt = passages + question + 420;
    ServerSpec embedder = Fleet.server(Fleet.EMBEDDER);
    ServerSpec reranker = Fleet.server(Fleet.RERANKER);
    return List.of(
        new Run.Step(embedder, question, 0, 0, 0, 0, true),
        new Run.Step(reranker, passages * 2, 0, 0, 0, 0.02, false),
        new Run.Step(writer, prompt, 416, output, 1024, 0.05, false));
  }
}
