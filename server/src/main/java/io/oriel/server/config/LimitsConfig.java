package io.oriel.server.config;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section of limits: one key a row of {@link Limit}.
 *
 * <p>What the head of the store may hold is, where nothing is written, what the heap bears if that
 * is less: a series takes up to {@value #SERIES_BYTES} bytes of heap with its newest samples and
 * what its scrape loop knows of it (about 200 where it is silent), and half of the heap is for
 * them; a quarter is for the strings of their labels. One pushed request, one scraped page and
 * out-of-order samples may have an eighth each. What is written is followed as it stands.
 */
final class LimitsConfig {
  static final long SERIES_BYTES = 1024;
  private static final long OUT_OF_ORDER_BYTES = 20; // a sample: time, value, its part of arrays
  private static final long MOST_SERIES = 200_000_000; // ids are numbers of 31 bits

  private LimitsConfig() {}

  /**
   * @param heap the most bytes that the heap may have
   */
  static Limits read(YamlMap yaml, long heap, Problems problems, Problems warnings) {
    var configured = new EnumMap<Limit, Long>(Limit.class);
    borne(Limit.SERIES, heap / 2 / SERIES_BYTES, configured);
    borne(Limit.SERIES_LABEL_BYTES, heap / 4, configured);
    borne(Limit.OUT_OF_ORDER_SAMPLES, heap / 8 / OUT_OF_ORDER_BYTES, configured);
    borne(Limit.SCRAPE_SAMPLES, heap / 2 / SERIES_BYTES, configured);
    borne(Limit.SCRAPE_BODY_BYTES, heap / 8, configured);
    borne(Limit.WRITE_BODY_BYTES, heap / 8, configured);
    for (Limit limit : Limit.values()) {
      var value =
          limit.key().endsWith("_bytes")
              ? yaml.bytes(limit.key())
              : yaml.integer(limit.key(), 1, most(limit));
      value.ifPresent(number -> {
        warnOfHeap(yaml, limit, number, configured.get(limit), heap, warnings);
        configured.put(limit, number);
      });
      value
          .filter(number -> number < 1)
          .ifPresent(_ ->
              problems.add(
                  yaml.at(limit.key()),
                  yaml.name(limit.key()) + " is 0, which allows nothing",
                  String.format(Locale.ROOT, "write a number; the default is %d", limit.normal())));
    }
    yaml.refuseUnknownKeys(problems);
    return new Limits(configured);
  }

  private static void borne(Limit limit, long byHeap, Map<Limit, Long> into) {
    into.put(limit, Math.min(limit.normal(), byHeap));
  }

  private static long most(Limit limit) {
    return switch (limit) {
      case SERIES, JOB_SERIES, JOB_SERIES_WARN, QUERY_SERIES, EXEMPLARS -> MOST_SERIES;
      default -> Long.MAX_VALUE;
    };
  }

  private static void warnOfHeap(
      YamlMap yaml, Limit limit, long written, @Nullable Long borne, long heap, Problems warnings) {
    if (borne == null || written <= borne) return;
    warnings.add(
        yaml.at(limit.key()),
        "%s is %d, more than a heap of %d MiB bears (%d)"
            .formatted(yaml.name(limit.key()), written, heap >> 20, borne),
        "give Oriel more memory by ORIEL_JAVA_OPTIONS=-Xmx..., or write less");
  }
}
