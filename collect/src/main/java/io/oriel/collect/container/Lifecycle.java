package io.oriel.collect.container;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what happens to containers, and how they end. The daemon is asked each round for the time
 * since the last one: no connection that hangs, nothing that fills up, and after a gap the question
 * simply reaches further back.
 */
final class Lifecycle {
  /** So old an event surely stands in the daemon's memory when it is asked. */
  private static final long SETTLED_MS = 500;

  /** After a long silence only what a daemon may still remember is worth a question. */
  private static final long LONGEST_MS = 3_600_000;

  private static final int MOST_CODES = 64;

  private final long[] counts = new long[Engine.ACTIONS.size()];
  private final Map<String, Long> endings = new TreeMap<>(); // by exit code
  private long sinceMs;

  /** From when on the daemon is to be asked; 0 in the first round, which begins to count. */
  long sinceMs() {
    return sinceMs;
  }

  /** Up to when it is asked, by its own clock. */
  long untilMs(long daemonNowMs) {
    long until = daemonNowMs - SETTLED_MS;
    if (sinceMs == 0 || sinceMs > until) sinceMs = until; // the first time, or its clock was set
    sinceMs = Math.max(sinceMs, until - LONGEST_MS);
    return until;
  }

  /** Takes what happened up to a moment. */
  void take(List<Event> events, long untilMs, Roll roll) {
    for (Event event : events) {
      int action = action(event.action());
      if (action < 0) continue;
      counts[action]++;
      if (Engine.ACTIONS.get(action).equals("die")) ended(event.exitCode());
      Tracked one = roll.tracked(event.id());
      if (one == null) continue;
      one.events[action]++;
      one.isChanged = true;
    }
    sinceMs = untilMs;
  }

  /** {@code health_status: unhealthy} has its value behind the word. */
  private static int action(String told) {
    int colon = told.indexOf(':');
    return Engine.ACTIONS.indexOf(colon < 0 ? told : told.substring(0, colon));
  }

  private void ended(String code) {
    String known = code.isEmpty() ? "unknown" : code;
    if (endings.size() < MOST_CODES || endings.containsKey(known)) {
      endings.merge(known, 1L, Long::sum);
    }
  }

  /** How often each of {@link Engine#ACTIONS} happened, to containers that are gone too. */
  long[] counts() {
    return counts;
  }

  Map<String, Long> endings() {
    return endings;
  }
}
