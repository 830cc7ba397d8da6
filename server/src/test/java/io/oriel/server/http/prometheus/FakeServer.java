package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.ServerFacts;
import io.oriel.server.http.Targets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the API asks of the server around it, held still. */
public final class FakeServer implements ServerFacts, Targets, Administration {
  static final TargetStatus NODE =
      new TargetStatus(
          "node-1",
          TargetStatus.Kind.SCRAPE,
          "node",
          "gpu1:9100",
          "http://gpu1:9100/metrics",
          Labels.of("instance", "gpu1:9100", "job", "node"),
          Map.of("__address__", "gpu1:9100"),
          "prometheus.yml, static_configs",
          TargetStatus.Health.DOWN,
          "gpu1:9100 refused the connection",
          "is its exporter running?",
          1_435_781_451_781L,
          0,
          1_500_000,
          0,
          15_000,
          10_000,
          3);
  static final TargetStatus SERVER =
      new TargetStatus(
          "server",
          TargetStatus.Kind.COLLECTOR,
          "node",
          "Server",
          "/proc and /sys",
          Labels.of("job", "node"),
          Map.of(),
          "built in",
          TargetStatus.Health.UP,
          "",
          "",
          1_435_781_451_781L,
          1_435_781_451_781L,
          2_000_000,
          900,
          15_000,
          10_000,
          0);

  volatile boolean ready = true;
  volatile String trouble = "";
  volatile boolean admin;
  volatile boolean wrongConfiguration;
  final List<String> deleted = new CopyOnWriteArrayList<>();
  final AtomicInteger reloads = new AtomicInteger();
  public volatile Optional<Engine> engine = Optional.empty();

  @Override
  public Optional<String> engineUrl() {
    return engine.map(Engine::url);
  }

  @Override
  public Optional<Engine> engine() {
    return engine;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public boolean enabled() {
    return admin;
  }

  @Override
  public void reload() {
    if (wrongConfiguration) {
      throw new Refusal.CannotStart(
          "oriel.yaml:1:1: there is no key lissten", "did you mean listen?");
    }
    reloads.incrementAndGet();
  }

  @Override
  public String snapshot(boolean skipHead) {
    return skipHead ? "20260302T120000Z-blocks-only" : "20260302T120000Z-0011223344556677";
  }

  @Override
  public void delete(List<List<Matcher>> selections, TimeRange range) {
    deleted.add(selections + " " + range.startMs() + " " + range.endMs());
  }

  @Override
  public void cleanTombstones() {
    deleted.add("cleaned");
  }

  @Override
  public List<TargetStatus> all() {
    return List.of(SERVER, NODE);
  }

  @Override
  public List<Dropped> dropped() {
    return List.of(new Dropped("node", Map.of("__address__", "gpu2:9100"), "dropped by rule 1"));
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public String host() {
    return "test-host";
  }

  @Override
  public long startedMs() {
    return 1_000;
  }

  @Override
  public long nowMs() {
    return 2_000;
  }

  @Override
  public long retentionMs() {
    return 15L * 86_400_000;
  }

  @Override
  public String scrapeYaml() {
    return "scrape_configs: []\n";
  }

  @Override
  public Map<String, String> flags() {
    return Map.of("port", "23000");
  }

  @Override
  public List<Job> jobs(int rows) {
    return List.of(new Job("api", 9_000, 10_000, 100_000, 0, 12, "path", 8_000));
  }

  @Override
  public Churn churn() {
    return new Churn(30, 20);
  }

  @Override
  public boolean lastReloadWorked() {
    return true;
  }

  @Override
  public long lastReloadMs() {
    return 1_000;
  }

  @Override
  public Map<String, String> externalLabels() {
    return Map.of("site", "a");
  }

  @Override
  public long lookbackMs() {
    return 300_000;
  }

  @Override
  public boolean experimental() {
    return false;
  }

  @Override
  public Head head(int rows) {
    var metrics = List.of(new Row("up", 2), new Row("temperature", 1));
    return new Head(
        3,
        6,
        3,
        1_000,
        2_000,
        metrics.subList(0, Math.min(rows, 2)),
        List.of(new Row("job", 1)),
        List.of(new Row("job", 8)),
        List.of(new Row("job=node", 2)));
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block("0000000000000000-0000000000007200", 0, 7_199_999, 3, 40, 1_000));
  }
}
