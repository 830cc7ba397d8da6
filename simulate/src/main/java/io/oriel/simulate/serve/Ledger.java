package io.oriel.simulate.serve;

import io.oriel.simulate.world.Caller;
import io.oriel.simulate.world.ModelSpec;
import io.oriel.simulate.world.Run;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What databases behind the systems remember: the last requests and runs one by one, and sums by
 * day. Gateway and traces both read it, so they can't disagree.
 */
final class Ledger implements Watcher {
  private static final int MOST_REQUESTS = 32_768;
  private static final int MOST_RUNS = 8_192;
  private static final int MOST_DAYS = 62;
  private static final long DAY_US = 86_400_000_000L;

  /** What is summed up of one caller's use of one model on one day. */
  record Use(Caller caller, ModelSpec model) {}

  static final class Sums {
    long prompt;
    long cached;
    long output;
    long good;
    long failed;
    double spend;

    void add(SimRequest request) {
      if (request.failure() != null) {
        failed++;
        return;
      }
      good++;
      prompt += request.promptTokens();
      cached += request.cachedTokens();
      output += request.outputTokens();
      spend += request.cost();
    }

    void add(Sums other) {
      prompt += other.prompt;
      cached += other.cached;
      output += other.output;
      good += other.good;
      failed += other.failed;
      spend += other.spend;
    }
  }

  private final ArrayDeque<SimRequest> requests = new ArrayDeque<>();
  private final ArrayDeque<Run> runs = new ArrayDeque<>();
  private final TreeMap<Long, Map<Use, Sums>> days = new TreeMap<>(); // days since 1970

  @Override
  public void ended(SimRequest request) {
    requests.add(request);
    if (requests.size() > MOST_REQUESTS) requests.poll();
    long day = request.endedUs() / DAY_US;
    Map<Use, Sums> uses = days.computeIfAbsent(day, _ -> new LinkedHashMap<>());
    uses.computeIfAbsent(new Use(request.run().caller(), request.model()), _ -> new Sums())
        .add(request);
    if (days.size() > MOST_DAYS) days.pollFirstEntry();
  }

  @Override
  public void runEnded(Run run) {
    runs.add(run);
    if (runs.size() > MOST_RUNS) runs.poll();
  }

  /** Those that began in a span of time, newest first; microseconds, the end excluded. */
  List<SimRequest> requests(long fromUs, long toUs) {
    var found = new ArrayList<SimRequest>();
    for (SimRequest each : requests.reversed()) {
      if (each.endedUs() < fromUs) break; // so did all before it, and began earlier still
      if (each.createdUs() >= fromUs && each.createdUs() < toUs) found.add(each);
    }
    return found;
  }

  List<Run> runs(long fromUs, long toUs) {
    var found = new ArrayList<Run>();
    for (Run each : runs.reversed()) {
      if (each.endedUs() < fromUs) break;
      if (each.beganUs() >= fromUs && each.beganUs() < toUs) found.add(each);
    }
    return found;
  }

  /** Sums by day, days since 1970, both ends included; newest first. */
  Map<Long, Map<Use, Sums>> days(long first, long last) {
    return days.subMap(first, true, last, true).descendingMap();
  }
}
