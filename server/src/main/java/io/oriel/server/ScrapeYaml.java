package io.oriel.server;

import io.oriel.scrape.config.FileGroups;
import io.oriel.scrape.config.ScrapeConfig;
import io.oriel.scrape.config.ScrapeSetup;
import io.oriel.wire.targets.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Jobs in the words of prometheus.yml, for {@code /api/v1/status/config}. It tells what is in force
 * and leaves out what may be secret: credentials, parameters, TLS files.
 */
final class ScrapeYaml {
  private ScrapeYaml() {}

  static String of(ScrapeSetup setup) {
    if (setup.jobs().isEmpty()) return "scrape_configs: []\n";
    return setup.jobs().stream()
        .map(ScrapeYaml::job)
        .collect(Collectors.joining("", "scrape_configs:\n", ""));
  }

  private static String job(ScrapeConfig job) {
    var text = new StringBuilder();
    text.append("- job_name: ").append(quoted(job.jobName()));
    line(text, "scrape_interval: " + job.intervalMs() + "ms");
    line(text, "scrape_timeout: " + job.timeoutMs() + "ms");
    line(text, "metrics_path: " + quoted(job.metricsPath()));
    line(text, "scheme: " + job.scheme());
    line(text, "honor_labels: " + job.settings().honorLabels());
    line(text, "honor_timestamps: " + job.settings().honorTimestamps());
    if (!job.groups().isEmpty()) line(text, "static_configs:");
    for (TargetGroup group : job.groups()) {
      line(text, "- targets: " + list(group.addresses()));
      if (!group.labels().isEmpty()) line(text, "  labels: " + map(group.labels()));
    }
    if (!job.files().isEmpty()) line(text, "file_sd_configs:");
    for (FileGroups files : job.files()) {
      line(text, "- files: " + list(List.of(files.pattern().toString())));
    }
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append("\n  ").append(line);
  }

  private static String list(List<String> texts) {
    return texts.stream().map(ScrapeYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String map(Map<String, String> texts) {
    return new TreeMap<>(texts)
        .entrySet().stream()
            .map(e -> quoted(e.getKey()) + ": " + quoted(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Single quotes take everything as it is, but themselves. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replace('\n', ' ') + "'";
  }
}
