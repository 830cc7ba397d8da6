package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.model.Clock;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.http.prometheus.Administration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Readiness, reload, snapshots and deletions of a running Oriel. */
final class Admin implements Administration {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final OrielConfig config;
  private final Clock clock;
  private final MetricStore store;
  private final Supplier<Optional<String>> engineLost;
  private final Reloading reloading;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile boolean ready;

  /**
   * @param engineLost why nothing goes in to the engine in the store's place, empty while it does
   */
  Admin(
      OrielConfig config,
      Clock clock,
      MetricStore store,
      Supplier<Optional<String>> engineLost,
      Reloading reloading) {
    this.engineLost = engineLost;
    this.config = config;
    this.clock = clock;
    this.store = store;
    this.reloading = reloading;
  }

  /** Every part runs now; or the first of them is about to stop. */
  void ready(boolean now) {
    ready = now;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public String trouble() {
    return store.lost().or(engineLost).orElse("");
  }

  @Override
  public boolean enabled() {
    return config.adminApi();
  }

  @Override
  public void reload() {
    reloading.reload();
  }

  /** As Prometheus names them: the time and a few random digits. */
  @Override
  public String snapshot(boolean skipHead) throws IOException {
    String name =
        NAME.format(Instant.ofEpochMilli(clock.millis()))
            + "-"
            + HexFormat.of().toHexDigits(random.nextLong());
    Path folder = config.storage().folder().resolve("snapshots");
    try {
      Files.createDirectories(folder);
      store.snapshot(folder.resolve(name), skipHead);
    } catch (IOException e) {
      throw new Refusal.Unavailable(
          "the snapshot could not be written (" + e.getMessage() + ")",
          "look whether the disk is full or " + folder + " may be written");
    }
    return name;
  }

  @Override
  public void delete(List<List<Matcher>> selections, TimeRange range) throws IOException {
    try {
      store.delete(selections, range);
    } catch (IOException e) {
      throw new Refusal.Unavailable(
          "nothing was deleted: the list of what is could not be written (" + e.getMessage() + ")",
          "look whether the disk is full or the data folder may be written");
    }
  }

  @Override
  public void cleanTombstones() throws IOException {
    try {
      store.cleanTombstones();
    } catch (IOException e) {
      throw new Refusal.Unavailable(
          "what is deleted could not be taken off the disk (" + e.getMessage() + ")",
          "look whether the disk is full or the data folder may be written");
    }
  }
}
