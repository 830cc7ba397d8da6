package io.oriel.scrape.loop;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.scrape.discover.Target;
import io.oriel.wire.fetch.PageRoom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The loops of all targets. One thread at a time calls {@link #sync} and {@link #stop}. */
public final class ScrapePool {
  private final MetricSink sink;
  private final Clock clock;
  private final Limits limits;
  private final PageBuffers buffers;
  private final Map<Target, ScrapeLoop> loops = new ConcurrentHashMap<>();

  public ScrapePool(MetricSink sink, Clock clock, Limits limits) {
    this.sink = sink;
    this.clock = clock;
    this.limits = limits;
    this.buffers = new PageBuffers(PageRoom.inThisHeap(limits.of(Limit.SCRAPE_BODY_BYTES)));
  }

  /**
   * Stops what is gone and waits for it, starts what is new, leaves the rest in peace. The series
   * of a target that is gone end; those of one that is only asked in another way go on.
   */
  public void sync(Set<Target> wanted) throws InterruptedException {
    Set<Labels> goOn = new HashSet<>();
    for (Target target : wanted) goOn.add(target.labels());
    var gone = new ArrayList<ScrapeLoop>();
    for (Target target : List.copyOf(loops.keySet())) {
      if (wanted.contains(target)) continue;
      ScrapeLoop loop = loops.remove(target);
      if (loop == null) continue;
      loop.stop(!goOn.contains(target.labels()));
      gone.add(loop);
    }
    for (ScrapeLoop loop : gone) loop.join();
    for (Target target : wanted) loops.computeIfAbsent(target, this::start);
  }

  private ScrapeLoop start(Target target) {
    return new ScrapeLoop(target, sink, clock, limits, buffers).start();
  }

  /** How it stands with each target. Any thread may ask. */
  public List<TargetStatus> statuses() {
    var statuses = new ArrayList<TargetStatus>();
    for (ScrapeLoop loop : loops.values()) statuses.add(loop.status());
    return statuses;
  }

  /**
   * Stops all loops. Their series are not marked as ended: after a restart they go on, and an alert
   * on what is absent must not fire in between.
   */
  public void stop() throws InterruptedException {
    for (ScrapeLoop loop : loops.values()) loop.stop(false);
    for (ScrapeLoop loop : loops.values()) loop.join();
    loops.clear();
  }
}
