package io.oriel.collect.container;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The daemon's part of a round: list, events, inspections of what changed. A question that is not
 * permitted is left alone for a while, and the others go on.
 */
final class Asking implements AutoCloseable {
  private static final long AGAIN_MS = TimeUnit.MINUTES.toMillis(5);
  private static final long FACTS_MS = TimeUnit.MINUTES.toMillis(10);

  private static final int HIDDEN_EVERY = 4; // rounds

  private final Address address;
  private final Clock clock;
  private final long budgetNanos;
  private final Engine engine;
  private final StatsAsker stats;
  private final Sizes sizes;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Map<String, Long> refusedAtMs = new HashMap<>(); // by part
  private long factsAtMs;
  private long round;

  Asking(Address address, Function<Address, Peer> connect, Clock clock, long budgetMs) {
    this.address = address;
    this.clock = clock;
    this.budgetNanos = TimeUnit.MILLISECONDS.toNanos(budgetMs);
    this.engine = new Engine(connect.apply(address));
    this.sizes = new Sizes(() -> engine.twin(connect.apply(address)));
    this.stats = new StatsAsker(() -> engine.twin(connect.apply(address)), budgetMs);
  }

  Address address() {
    return address;
  }

  Engine engine() {
    return engine;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /** Asks what is new, and brings the roll up to date. */
  void ask(Roll roll, Readings out) throws CollectorFailure, InterruptedException {
    round++;
    checkRights();
    engine.begin();
    if (clock.millis() - factsAtMs >= FACTS_MS && part("info", out, this::learn)) {
      factsAtMs = clock.millis();
    }
    roll.take(engine.list());
    boolean told = part("events", out, () -> events(roll));
    for (Tracked each : roll.all()) each.isChanged |= isRestless(each);
    // who is not told of events looks at everything again, a part each round
    if (!told) markSome(roll);
    part("inspect", out, () -> inspect(roll));
  }

  /** How often a check failed is no event; and older Podmans tell health by inspection alone. */
  private boolean isRestless(Tracked one) {
    String listed = one.listed.health();
    Inspected told = one.inspected;
    boolean isHidden = listed.isEmpty() && told != null && !told.container().health().isEmpty();
    return listed.equals("starting")
        || listed.equals("unhealthy")
        || (isHidden && round % HIDDEN_EVERY == 0);
  }

  private void learn() throws CollectorFailure, InterruptedException {
    engine.learn(clock.millis());
  }

  private void events(Roll roll) throws CollectorFailure, InterruptedException {
    long until = lifecycle.untilMs(daemonNowMs());
    long since = lifecycle.sinceMs();
    List<Event> events = since < until ? engine.events(since, until) : List.of();
    lifecycle.take(events, until, roll);
  }

  long daemonNowMs() {
    return clock.millis() + engine.facts().clockAheadMs();
  }

  private void markSome(Roll roll) {
    int i = 0;
    for (Tracked each : roll.all()) {
      if (i++ % 4 == round % 4) each.isChanged = true;
    }
  }

  /** What does not fit into the round's time is inspected in the next. */
  private void inspect(Roll roll) throws CollectorFailure, InterruptedException {
    long end = clock.nanos() + budgetNanos;
    for (Tracked each : roll.all()) {
      if (!each.isChanged) continue;
      if (clock.nanos() - end >= 0) return;
      try {
        each.inspected = engine.inspect(each.id);
        each.isChanged = false;
        each.labels = null;
      } catch (CollectorFailure e) {
        if (e.status() != 404 && e.status() != 409) throw e; // it has just gone
      }
    }
  }

  /** Asks for figures of those that can't be measured from here. */
  void askFigures(List<Tracked> whom, Readings out) throws InterruptedException {
    if (whom.isEmpty()) return;
    if (isResting("stats")) {
      whom.forEach(each -> each.untold = "not permitted");
      out.failed("stats", refusal("stats"));
      return;
    }
    if (!stats.ask(new ArrayList<>(whom), round)) {
      refusedAtMs.put("stats", clock.millis());
      out.failed("stats", refusal("stats"));
    }
  }

  Sizes sizes() {
    return sizes;
  }

  private interface Question {
    void ask() throws CollectorFailure, InterruptedException;
  }

  /** Asks one part; false when it is not permitted, or was not lately. */
  private boolean part(String name, Readings out, Question question)
      throws CollectorFailure, InterruptedException {
    if (isResting(name)) {
      out.failed(name, refusal(name));
      return false;
    }
    try {
      question.ask();
      refusedAtMs.remove(name);
      return true;
    } catch (CollectorFailure e) {
      if (e.status() == 0) throw e;
      if (e.status() == 403) {
        refusedAtMs.put(name, clock.millis());
        out.failed(name, refusal(name));
      } else {
        out.failed(name, e.happened());
      }
      return false;
    }
  }

  private boolean isResting(String part) {
    Long refused = refusedAtMs.get(part);
    return refused != null && clock.millis() - refused < AGAIN_MS;
  }

  private String refusal(String part) {
    return "%s does not permit this question; let the proxy before it pass %s"
        .formatted(address.shown(), part);
  }

  private void checkRights() throws CollectorFailure {
    if (!"unix".equals(address.base().getScheme())) return;
    Path socket = Path.of(address.base().getPath());
    if (Files.isWritable(socket)) return;
    if (!Files.exists(socket)) {
      throw new CollectorFailure(
          "there is no socket " + socket, "is the daemon of Docker or Podman running?");
    }
    throw new CollectorFailure(
        "%s may not be used by the user that Oriel runs as".formatted(socket),
        "add that user to the socket's group (usermod -aG docker oriel), or run Oriel as root;"
            + " who may use it can do all that root can");
  }

  /** After a round that failed the daemon may be another one: what was agreed on is void. */
  void reset() {
    engine.forget();
    stats.close();
  }

  @Override
  public void close() {
    sizes.close();
    stats.close();
    engine.close();
  }
}
