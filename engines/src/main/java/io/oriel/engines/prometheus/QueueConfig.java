package io.oriel.engines.prometheus;

import java.time.Duration;

/**
 * {@code queue_config}, with Prometheus' names and defaults.
 *
 * @param capacity samples that wait in memory for one shard
 * @param maxSamples of one request
 * @param deadline how long a sample waits for others before a request is sent
 * @param retry429 whether a request that came too fast is sent again
 * @param keepsAll whether samples wait as well where an answer says nothing of them: wrong address,
 *     wrong credentials; where not, they are refused for good
 * @param ageLimit samples older than this are not sent; zero = all are
 */
public record QueueConfig(
    int capacity,
    int minShards,
    int maxShards,
    int maxSamples,
    Duration deadline,
    Duration minBackoff,
    Duration maxBackoff,
    boolean retry429,
    boolean keepsAll,
    Duration ageLimit) {
  public static final QueueConfig NORMAL =
      new QueueConfig(
          10_000,
          1,
          50,
          2000,
          Duration.ofSeconds(5),
          Duration.ofMillis(30),
          Duration.ofSeconds(5),
          false,
          false,
          Duration.ZERO);
}
