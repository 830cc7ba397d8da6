package io.oriel.scrape.config;

import io.oriel.wire.relabel.Relabeling;
import io.oriel.wire.targets.TargetGroup;
import java.util.List;
import java.util.Map;

/**
 * One job: where its targets come from and how they are asked.
 *
 * @param params of the URL, by name
 * @param targetLimit over so many targets none is scraped; 0 = any number
 */
public record ScrapeConfig(
    String jobName,
    List<TargetGroup> groups,
    List<FileGroups> files,
    long intervalMs,
    long timeoutMs,
    String scheme,
    String metricsPath,
    Map<String, List<String>> params,
    Relabeling relabeling,
    long targetLimit,
    ScrapeSettings settings) {

  public ScrapeConfig {
    groups = List.copyOf(groups);
    files = List.copyOf(files);
    params = Map.copyOf(params);
  }

  /** A job with Prometheus' defaults, for targets that Oriel knows by itself. */
  public static ScrapeConfig of(
      String jobName, TargetGroup group, long intervalMs, long timeoutMs) {
    return new ScrapeConfig(
        jobName,
        List.of(group),
        List.of(),
        intervalMs,
        timeoutMs,
        "http",
        "/metrics",
        Map.of(),
        Relabeling.NONE,
        0,
        ScrapeSettings.NORMAL);
  }
}
