package io.oriel.collect.container;

import io.oriel.collect.Collector;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.Roots;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one machine: listed and described by Docker or Podman, measured by the kernel's
 * own accounts. Without a daemon those accounts alone are told.
 *
 * <p>What it costs in a steady round: one list and one question for events, and some twenty small
 * files a running container. The daemon is asked for figures only where those files can't be seen.
 */
public final class ContainerCollector implements Collector {
  private static final Duration PATIENCE = Duration.ofSeconds(4); // with one question

  private final Supplier<@Nullable Address> where;
  private final Function<Address, Peer> connect;
  private final Roots roots;
  private final Clock clock;
  private final long budgetMs;
  private final Roll roll = new Roll();
  private final Measuring measuring;
  private final UsageMetrics usage;
  private final EngineMetrics engineMetrics = new EngineMetrics();
  private final Machine machine;
  private final Accounts accounts;
  private volatile @Nullable Address address;
  private @Nullable Asking asking;

  /**
   * @param where the daemon is; asked again each round while it gives null or the daemon is gone
   * @param connect opens a line to it; several may be open at once
   * @param roots where the host's file systems are seen
   * @param interval between rounds: what is slow gets half of it
   */
  public ContainerCollector(
      Supplier<@Nullable Address> where,
      Function<Address, Peer> connect,
      Roots roots,
      Clock clock,
      Duration interval) {
    this.where = where;
    this.connect = connect;
    this.roots = roots;
    this.clock = clock;
    this.budgetMs = interval.toMillis() / 2;
    this.measuring = new Measuring(roots);
    this.usage = new UsageMetrics(new Disks(roots.sys(), measuring.text()));
    this.machine = new Machine(roots, measuring.text());
    this.accounts = new Accounts(measuring.folders());
    this.address = where.get();
  }

  /** This machine's containers, by whichever daemon listens here. */
  public static ContainerCollector ofMachine(Roots roots, Clock clock, Duration interval) {
    var sockets = new Sockets(System.getenv(), roots.root());
    return new ContainerCollector(sockets::find, peers(clock), roots, clock, interval);
  }

  /** The containers of a daemon at a known address. */
  public static ContainerCollector at(
      Address address, Roots roots, Clock clock, Duration interval) {
    return new ContainerCollector(() -> address, peers(clock), roots, clock, interval);
  }

  private static Function<Address, Peer> peers(Clock clock) {
    return address -> Peer.at(address, PATIENCE.toMillis(), clock);
  }

  /** The list that other rooms look at. */
  public Containers containers() {
    return roll;
  }

  Roll roll() {
    return roll;
  }

  /** Whether a daemon was asked in the last round. */
  boolean hasDaemon() {
    return asking != null;
  }

  @Override
  public String name() {
    return "container";
  }

  @Override
  public String where() {
    Address known = address;
    return known == null ? roots.sys().resolve("fs/cgroup").toString() : known.shown();
  }

  /** A daemon of another machine is told apart; one of this machine has the machine's labels. */
  @Override
  public Labels labels() {
    Address known = address;
    if (known == null || known.base().getHost() == null) return Labels.EMPTY;
    return Labels.of("instance", known.instance());
  }

  @Override
  public String foundBy() {
    Address known = address;
    return known == null ? "built in" : known.foundBy();
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<Metric>(UsageMetrics.metrics());
    all.addAll(StateMetrics.ALL);
    all.addAll(EngineMetrics.ALL);
    all.addAll(Accounts.ALL);
    all.addAll(Machine.ALL);
    return all;
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    Asking open = open();
    CollectorFailure failure = null;
    if (open != null) failure = ask(open, out);
    boolean isListed = open != null && failure == null;
    if (!isListed) roll.takeSeen(measuring.folders().walk());
    measure(isListed ? open : null, out);
    roll.show();
    tell(isListed ? open : null, out);
    if (failure != null) throw failure;
  }

  /** The line to the daemon; another one when it listens elsewhere now. */
  private @Nullable Asking open() {
    Address now = where.get();
    Asking open = asking;
    if (open != null && open.address().equals(now)) return open;
    if (open != null) open.close();
    address = now;
    asking = now == null ? null : new Asking(now, connect, clock, budgetMs);
    return asking;
  }

  private @Nullable CollectorFailure ask(Asking open, Readings out) throws InterruptedException {
    try {
      open.ask(roll, out);
      return null;
    } catch (CollectorFailure e) {
      open.reset();
      return e;
    }
  }

  private void measure(@Nullable Asking open, Readings out) throws InterruptedException {
    var unmeasured = new ArrayList<Tracked>();
    for (Tracked each : roll.all()) {
      each.untold = "";
      measuring.measureLog(each);
      if (!each.isAlive()) {
        each.usage.clear();
        each.pids = List.of();
      } else if (!measuring.measure(each)) {
        each.untold = "its control group can't be seen";
        unmeasured.add(each);
      }
    }
    if (open != null) open.askFigures(unmeasured, out);
    Map<String, Double> sizes = open == null ? Map.of() : open.sizes().lately(clock.millis());
    for (Tracked each : roll.all()) {
      each.layerBytes = sizes.getOrDefault(each.id, Double.NaN);
      if (each.isAlive()) limits(each);
    }
  }

  /** What the kernel's files did not say of limits, the inspection does. */
  private static void limits(Tracked one) {
    Inspected told = one.inspected;
    if (told == null) return;
    Inspected.Limits limits = told.limits();
    one.usage.setAbsent(Figure.MEMORY_LIMIT, limits.memory());
    one.usage.setAbsent(Figure.SWAP_LIMIT, limits.memorySwap());
    one.usage.setAbsent(Figure.RESERVATION, limits.memoryReservation());
    one.usage.setAbsent(Figure.CPU_QUOTA, limits.cpuQuota());
    one.usage.setAbsent(Figure.CPU_PERIOD, limits.cpuPeriod());
    one.usage.setAbsent(Figure.CPU_SHARES, limits.cpuShares());
    one.usage.setAbsent(Figure.THREADS_MAX, limits.processes());
  }

  private void tell(@Nullable Asking open, Readings out) {
    long now = open == null ? clock.millis() : open.daemonNowMs();
    for (Tracked each : roll.all()) {
      usage.tell(each, out);
      StateMetrics.tell(each, now, out);
    }
    accounts.tell(roll, open == null ? "" : open.engine().facts().runtime(), out);
    if (open != null) engineMetrics.tell(open, out);
    machine.tell(out);
  }

  @Override
  public void close() {
    Asking open = asking;
    asking = null;
    if (open != null) open.close();
  }
}
