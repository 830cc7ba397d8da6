package io.oriel.simulate.world;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where every request comes in: it finds the model's server, or says why not. */
final class Gateway {
  private static final double REFUSAL_SECONDS = 0.02;
  private static final Failure[] FAILURES = {
    Failure.BROKEN, Failure.BROKEN, Failure.TOO_MANY, Failure.TOO_LONG, Failure.LATE
  };

  private final long seed;
  private final Agenda agenda;
  private final Chance chance;
  private final Watchers watchers;
  private final Map<String, ModelServer> servers = new HashMap<>(); // by container
  private Consumer<SimRequest> done = _ -> {};
  private double errorShare;
  private long number;

  Gateway(long seed, Agenda agenda, Chance chance, Watchers watchers) {
    this.seed = seed;
    this.agenda = agenda;
    this.chance = chance;
    this.watchers = watchers;
  }

  void connect(ModelServer server) {
    servers.put(server.spec().container(), server);
  }

  /** Who is told when a request is over. */
  void onDone(Consumer<SimRequest> what) {
    done = what;
  }

  void errorShare(double share) {
    errorShare = share;
  }

  void send(Run run, Run.Step step) {
    long overhead = Math.round(chance.around(3_500, 0.5));
    var request = new SimRequest(seed, number++, run, step, agenda.nowUs(), overhead);
    watchers.tell(each -> each.created(request));
    Failure failure = failure();
    if (failure != null) {
      agenda.in(REFUSAL_SECONDS, () -> fail(request, failure));
    } else {
      agenda.at(agenda.nowUs() + overhead, () -> pass(request));
    }
  }

  private @Nullable Failure failure() {
    if (!chance.hits(errorShare)) return null;
    return FAILURES[chance.between(0, FAILURES.length - 1)];
  }

  private void pass(SimRequest request) {
    ModelServer server = servers.get(request.server().container());
    if (server == null || !server.isReady()) fail(request, Failure.AWAY);
    else server.offer(request);
  }

  private void fail(SimRequest request, Failure why) {
    request.fail(why, agenda.nowUs());
    watchers.tell(each -> each.ended(request));
    over(request);
  }

  /** Called for each that is over. */
  void over(SimRequest request) {
    done.accept(request);
  }
}
