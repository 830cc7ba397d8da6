package io.oriel.simulate.world;

import java.util.PriorityQueue;

/** What is due, in order of time; equal times keep the order in which they were written down. */
final class Agenda {
  private record Due(long atUs, long number, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atUs, other.atUs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Due> all = new PriorityQueue<>();
  private long nowUs;
  private long number;

  Agenda(long nowUs) {
    this.nowUs = nowUs;
  }

  /** Microseconds since 1970. */
  long nowUs() {
    return nowUs;
  }

  void at(long us, Runnable what) {
    all.add(new Due(Math.max(us, nowUs), number++, what));
  }

  void in(double seconds, Runnable what) {
    at(nowUs + Math.round(seconds * 1e6), what);
  }

  /** Does what is due until a moment, that one included; it is now then. */
  void runUntil(long us) {
    for (Due next = all.peek(); next != null && next.atUs() <= us; next = all.peek()) {
      all.poll();
      nowUs = Math.max(nowUs, next.atUs());
      next.what().run();
    }
    nowUs = us;
  }
}
