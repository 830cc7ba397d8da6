package io.oriel.server.demo;

import io.oriel.collect.Collector;
import io.oriel.collect.Rounds;
import io.oriel.collect.node.NodeCollector;
import io.oriel.collect.node.Roots;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import io.oriel.simulate.History;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which metrics a demo has, and who tells them. */
final class Told {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();
  private static final Duration PAST = Duration.ofHours(10); // an error burst and a high load in it
  private static final long STEP_MS = 900_000;

  private static final List<String> KERNEL_FILES =
      List.of("node_memory_", "node_netstat_", "node_sockstat_", "node_vmstat_");

  private Told() {}

  /** By name of the metric the jobs that tell it. */
  static Map<String, Set<String>> names(Path folder) throws Exception {
    var all = new TreeMap<String, Set<String>>();
    var clock = new ManualClock(START);
    var settings = SimulationSettings.normal(folder).withPast(PAST);
    try (Simulation fleet = Simulation.start(settings, clock)) {
      History history = fleet.history();
      var readers = new ArrayList<Rounds>();
      Labels host = Labels.of("instance", "gpu1");
      for (Collector each : PastReaders.of(fleet, history, "gpu1", Duration.ofSeconds(15))) {
        readers.add(new Rounds(each, new Names(all), host));
      }
      var whole = new History.Stretch(START - PAST.toMillis() + STEP_MS, START, STEP_MS);
      history.walk(
          whole,
          ms -> {
            for (Rounds each : readers) each.round(ms);
          });
      readers.forEach(Rounds::close);
    }
    // which of its metrics a machine has differs from machine to machine
    try (var node = new NodeCollector(Roots.HOST, clock, null)) {
      node.metrics().forEach(metric -> add(all, metric.name(), "node"));
    }
    // named by lines of the kernel's files: those that are in the exporter's own capture of them
    Path capture = SharedData.reference("metrics/samples/node_exporter_linux_e2e.txt");
    for (String line : Files.readAllLines(capture)) {
      String name = line.split("[ {]", 2)[0];
      if (KERNEL_FILES.stream().anyMatch(name::startsWith)) add(all, name, "node");
    }
    return all;
  }

  private static void add(Map<String, Set<String>> all, String name, String job) {
    all.computeIfAbsent(name, _ -> new TreeSet<>()).add(job);
  }

  private record Names(Map<String, Set<String>> all) implements MetricSink, MetricWriter {
    @Override
    public MetricWriter writer() {
      return this;
    }

    @Override
    public long series(Labels labels) {
      add(all, labels.metricName(), labels.valueOf("job"));
      return 1;
    }

    @Override
    public void release(long series) {}

    @Override
    public void sample(long series, long timeMs, double value) {}

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {}

    @Override
    public void startOfLast(long startMs) {}

    @Override
    public void exemplar(long series, Exemplar exemplar) {}

    @Override
    public void metadata(String metric, MetricMetadata metadata) {}

    @Override
    public Receipt commit() {
      return Receipt.allKept(0);
    }

    @Override
    public void close() {}
  }
}
