package io.oriel.server.config;

import io.oriel.wire.yaml.Place;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where data lie, how long, and when they are safe.
 *
 * @param maxBytes what blocks may take on disk; 0 = no bound
 * @param freeBytes below so much free disk nothing is taken in
 * @param fiveMinuteAggregates how long those are kept; zero: none are made
 * @param oneHourAggregates how long those are kept; zero: none are made
 * @param outOfOrderWindow how old a sample may be that comes behind a newer one; zero = none may
 */
public record StorageConfig(
    Path folder,
    Duration retention,
    Sync sync,
    Duration syncInterval,
    long maxBytes,
    long freeBytes,
    Duration fiveMinuteAggregates,
    Duration oneHourAggregates,
    Duration outOfOrderWindow) {
  private static final Duration NORMAL_FIVE_MINUTES = Duration.ofDays(90);
  private static final Duration NORMAL_ONE_HOUR = Duration.ofDays(2 * 365);
  private static final Duration LEAST = Duration.ofHours(2); // one block
  private static final Duration LEAST_AGGREGATES = Duration.ofDays(1);
  private static final long LEAST_BYTES = 64 << 20;
  private static final Duration MOST = Duration.ofDays(100 * 365);
  private static final Duration NORMAL_RETENTION = Duration.ofDays(15);

  /** When written samples are forced to disk. */
  public enum Sync {
    INTERVAL,
    ALWAYS
  }

  /**
   * Reads the section.
   *
   * @param followed what a prometheus.yml says of late samples; counts where this file is silent
   */
  static StorageConfig read(
      YamlMap yaml, Flags flags, Followed.Window followed, Problems problems, Problems warnings) {
    String retentionKey = Setting.STORAGE_RETENTION.key();
    Duration written = yaml.duration(retentionKey).orElse(normalRetention(flags));
    Path folder =
        yaml.path(Setting.STORAGE_FOLDER.key())
            .map(flags::besideConfig)
            .orElse(Path.of(Setting.STORAGE_FOLDER.normal()));
    Duration retention = flags.retention().orElse(written);
    Duration interval =
        yaml.duration(Setting.STORAGE_SYNC_INTERVAL.key()).orElse(Duration.ofSeconds(1));
    var config =
        new StorageConfig(
            flags.data().orElse(folder),
            retention,
            yaml.oneOf(Setting.STORAGE_SYNC.key(), Sync.class).orElse(Sync.INTERVAL),
            interval,
            yaml.bytes(Setting.STORAGE_MAX_BYTES.key()).orElse(0L),
            yaml.bytes(Setting.STORAGE_FREE_DISK.key()).orElse(256L << 20),
            aggregates(yaml, Setting.STORAGE_FIVE_MINUTE_AGGREGATES, NORMAL_FIVE_MINUTES, problems),
            aggregates(yaml, Setting.STORAGE_ONE_HOUR_AGGREGATES, NORMAL_ONE_HOUR, problems),
            window(yaml, retention, followed, problems, warnings));
    if (config.retention.compareTo(LEAST) < 0) {
      boolean flag = flags.retention().isPresent();
      problems.add(
          flag ? Place.of("--retention") : yaml.at(retentionKey),
          "storage.retention is %s, shorter than one block (2h)"
              .formatted(flag ? config.retention.toSeconds() + "s" : yaml.shown(retentionKey)),
          "write 2h or more, for example 30d");
    }
    if (config.retention.compareTo(MOST) > 0) {
      boolean flag = flags.retention().isPresent();
      problems.add(
          flag ? Place.of("--retention") : yaml.at(retentionKey),
          "storage.retention is longer than a hundred years",
          "write 100y or less; storage.max_bytes bounds what is kept by size");
    }
    String maxBytes = Setting.STORAGE_MAX_BYTES.key();
    if (config.maxBytes > 0 && config.maxBytes < LEAST_BYTES) {
      problems.add(
          yaml.at(maxBytes),
          "storage.max_bytes is %s, less than a few blocks take".formatted(yaml.shown(maxBytes)),
          "write 64MiB or more, or 0 for no bound");
    }
    if (config.folder.toString().isBlank()) {
      boolean flag = flags.data().isPresent();
      problems.add(
          flag ? Place.of("--data") : yaml.at(Setting.STORAGE_FOLDER.key()),
          "the data folder has no name",
          "write one, for example /var/lib/oriel");
    }
    if (!interval.isPositive()) {
      problems.add(
          yaml.at(Setting.STORAGE_SYNC_INTERVAL.key()),
          "storage.sync_interval is not longer than nothing",
          "write 1s, or sync: always");
    }
    yaml.refuseUnknownKeys(problems);
    return config;
  }

  private static Duration window(
      YamlMap yaml,
      Duration retention,
      Followed.Window followed,
      Problems problems,
      Problems warnings) {
    String key = Setting.STORAGE_OUT_OF_ORDER_WINDOW.key();
    Duration window = yaml.duration(key).orElse(followed.length());
    if (window.compareTo(retention) <= 0) return window;
    if (yaml.has(key)) {
      problems.add(
          yaml.at(key),
          "storage.out_of_order_window is %s, longer than what is kept".formatted(yaml.shown(key)),
          "write storage.retention or less, for example 1h");
    } else {
      warnings.add(
          followed.at(),
          "storage.tsdb.out_of_order_time_window is longer than what is kept; that is taken",
          "write storage.retention in oriel.yaml to keep more");
    }
    return retention;
  }

  /** The past of a demo is kept for a while. */
  private static Duration normalRetention(Flags flags) {
    Duration past = flags.demo().map(demo -> demo.past().plusDays(1)).orElse(Duration.ZERO);
    return past.compareTo(NORMAL_RETENTION) > 0 ? past : NORMAL_RETENTION;
  }

  private static Duration aggregates(
      YamlMap yaml, Setting setting, Duration normal, Problems problems) {
    Duration kept = yaml.duration(setting.key()).orElse(normal);
    boolean isShort = !kept.isZero() && kept.compareTo(LEAST_AGGREGATES) < 0;
    if (isShort || kept.isNegative() || kept.compareTo(MOST) > 0) {
      problems.add(
          yaml.at(setting.key()),
          "storage.%s is %s, neither 0s nor a day to a hundred years"
              .formatted(setting.key(), yaml.shown(setting.key())),
          "write how long they are kept, for example 1y, or 0s for none");
    }
    return kept;
  }
}
