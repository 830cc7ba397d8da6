package io.oriel.model.limit;

import java.util.EnumMap;
import java.util.Map;

/** The limits in force: those of the table, less those that were configured otherwise. */
public final class Limits {
  public static final Limits NORMAL = new Limits(Map.of());

  private final long[] values = new long[Limit.values().length];

  public Limits(Map<Limit, Long> configured) {
    var own = new EnumMap<Limit, Long>(Limit.class);
    own.putAll(configured);
    for (Limit limit : Limit.values()) {
      values[limit.ordinal()] = own.getOrDefault(limit, limit.normal());
    }
  }

  public long of(Limit limit) {
    return values[limit.ordinal()];
  }

  /** These limits with one of them changed. */
  public Limits with(Limit limit, long value) {
    var all = new EnumMap<Limit, Long>(Limit.class);
    for (Limit each : Limit.values()) all.put(each, of(each));
    all.put(limit, value);
    return new Limits(all);
  }

  /**
   * Refuses by name where a count is over its limit.
   *
   * @param subject what is too large, as the beginning of a sentence: "the query", "gpu1:9400"
   */
  public void check(Limit limit, long actual, String subject) {
    if (actual > of(limit)) throw new Refusal.LimitReached(limit, of(limit), subject);
  }
}
