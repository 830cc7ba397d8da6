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
import java.util.random.RandomGenerator;

/** Readiness, reload, snapshots and deletions of a running Oriel. */
final class Admin implements Administration {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final OrielConfig config;
  private final Clock clock;
  private final MetricStore store;
  private final Sending sending;
  private final Reloading reloading;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile boolean ready;

  Admin(OrielConfig config, Clock clock, MetricStore store, Sending sending, Reloading reloading) {
    this.sending = sending;
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
    return store.lost().or(sending::engineLost).orElse("");
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
    refuseWhereAnEngineKeeps();
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

  /** What would be done to the empty store here would look like success. */
  private void refuseWhereAnEngineKeeps() {
    sending
        .engine()
        .ifPresent(engine -> {
          throw new Refusal.Unavailable(
              "metrics are kept by the engine at " + engine.url() + ", not here",
              "send it this call");
        });
  }

  @Override
  public void delete(List<List<Matcher>> selections, TimeRange range) throws IOException {
    refuseWhereAnEngineKeeps();
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
    refuseWhereAnEngineKeeps();
    try {
      store.cleanTombstones();
    } catch (IOException e) {
      throw new Refusal.Unavailable(
          "what is deleted could not be taken off the disk (" + e.getMessage() + ")",
          "look whether the disk is full or the data folder may be written");
    }
  }
}
