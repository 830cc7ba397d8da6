package io.oriel.server.config;

import io.oriel.engines.prometheus.Destination;
import io.oriel.engines.prometheus.RemoteWriteSection;
import io.oriel.scrape.config.PrometheusFile;
import io.oriel.wire.yaml.Place;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the prometheus.yml that is followed says beside scraping; nothing where there is none. */
final class Followed implements PrometheusFile.Further {
  private final List<Destination> remoteWrites = new ArrayList<>();
  private Window outOfOrder = new Window(Place.of("prometheus.yml"), Duration.ZERO);

  /** How late samples may come, and where that is written. */
  record Window(Place at, Duration length) {}

  @Override
  public void remoteWrites(
      List<YamlMap> sections, Path folder, Map<String, String> externalLabels) {
    remoteWrites.addAll(RemoteWriteSection.readAll(sections, folder, externalLabels));
  }

  @Override
  public void outOfOrderWindow(Place at, Duration window) {
    outOfOrder = new Window(at, window);
  }

  List<Destination> remoteWrites() {
    return remoteWrites;
  }

  Window outOfOrder() {
    return outOfOrder;
  }
}
