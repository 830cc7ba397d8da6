package io.oriel.scrape.config;

import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.http.HttpSection;
import io.oriel.wire.relabel.NameScheme;
import io.oriel.wire.relabel.Relabeling;
import io.oriel.wire.targets.Globs;
import io.oriel.wire.targets.TargetAddress;
import io.oriel.wire.targets.TargetGroup;
import io.oriel.wire.yaml.Place;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code scrape_configs}. */
final class JobSection {
  private static final long MAX = Integer.MAX_VALUE;

  private enum Scheme {
    HTTP,
    HTTPS
  }

  private final YamlMap yaml;
  private final GlobalSection global;
  private final Path folder;
  private final String fileName;
  private final Problems warnings;

  JobSection(YamlMap yaml, GlobalSection global, Path folder, String fileName, Problems warnings) {
    this.yaml = yaml;
    this.global = global;
    this.folder = folder;
    this.fileName = fileName;
    this.warnings = warnings;
  }

  ScrapeConfig read() {
    var scheme =
        yaml.oneOf("metric_name_validation_scheme", NameScheme.class).orElse(global.scheme());
    long interval = GlobalSection.positive(yaml, "scrape_interval", global.intervalMs());
    boolean ownTimeout = yaml.has("scrape_timeout");
    long timeout =
        GlobalSection.positive(yaml, "scrape_timeout", Math.min(global.timeoutMs(), interval));
    if (ownTimeout && timeout > interval) refuseTimeout(yaml);
    var job =
        new ScrapeConfig(
            yaml.required("job_name"),
            staticGroups(),
            fileGroups(),
            interval,
            Math.min(timeout, interval),
            scheme(),
            yaml.text("metrics_path").orElse("/metrics"),
            params(),
            Relabeling.read(yaml.maps("relabel_configs"), scheme),
            yaml.integer("target_limit", 0, MAX).orElse(global.targetLimit()),
            settings(scheme));
    GlobalSection.unused(yaml, PrometheusKeys.UNUSED_EVERYWHERE, warnings);
    GlobalSection.unused(yaml, List.of("scrape_failure_log_file"), warnings);
    PrometheusKeys.HARMLESS.forEach(yaml::known);
    refuse();
    warnOfDiscoveries();
    yaml.refuseUnknownKeys(yaml.problems());
    return job;
  }

  static void refuseTimeout(YamlMap yaml) {
    yaml.problems()
        .add(
            yaml.at("scrape_timeout"),
            "%s is %s, longer than the interval"
                .formatted(yaml.name("scrape_timeout"), yaml.shown("scrape_timeout")),
            "write a timeout that is not longer than scrape_interval");
  }

  private ScrapeSettings settings(NameScheme scheme) {
    List<String> protocols = yaml.texts("scrape_protocols");
    HistogramSettings histograms = histograms(yaml, global.histograms());
    return new ScrapeSettings(
        yaml.bool("honor_labels").orElse(false),
        yaml.bool("honor_timestamps").orElse(true),
        yaml.bool("track_timestamps_staleness").orElse(false),
        accept(protocols.isEmpty() ? global.protocols() : protocols, histograms),
        yaml.text("fallback_scrape_protocol").map(this::format).orElse(null),
        histograms,
        limits(yaml, global.limits()),
        new HttpSection(yaml, folder).read(),
        Relabeling.read(yaml.maps("metric_relabel_configs"), scheme));
  }

  /** As in {@code global} where the job says nothing else. */
  static HistogramSettings histograms(YamlMap yaml, HistogramSettings normal) {
    boolean old = yaml.bool("scrape_classic_histograms").orElse(normal.classicToo());
    return new HistogramSettings(
        yaml.bool("scrape_native_histograms").orElse(normal.asNative()),
        yaml.bool("always_scrape_classic_histograms").orElse(old),
        yaml.bool("convert_classic_histograms_to_nhcb").orElse(normal.classicAsCustom()),
        yaml.integer("native_histogram_bucket_limit", 0, MAX).orElse(normal.mostBuckets()),
        yaml.number("native_histogram_min_bucket_factor")
            .map(HistogramSettings::schemaOf)
            .orElse(normal.finestSchema()));
  }

  /** The keys are the same in {@code global} and in a job. */
  static SampleLimits limits(YamlMap yaml, SampleLimits normal) {
    return new SampleLimits(
        yaml.bytes("body_size_limit").orElse(normal.bodyBytes()),
        yaml.integer("sample_limit", 0, MAX).orElse(normal.samples()),
        yaml.integer("label_limit", 0, MAX).orElse(normal.labels()),
        yaml.integer("label_name_length_limit", 0, MAX).orElse(normal.labelNameLength()),
        yaml.integer("label_value_length_limit", 0, MAX).orElse(normal.labelValueLength()));
  }

  private String scheme() {
    return yaml.oneOf("scheme", Scheme.class).orElse(Scheme.HTTP) == Scheme.HTTPS
        ? "https"
        : "http";
  }

  private Map<String, List<String>> params() {
    var params = new LinkedHashMap<String, List<String>>();
    YamlMap section = yaml.section("params");
    for (String name : section.keys()) params.put(name, section.texts(name));
    return params;
  }

  private List<TargetGroup> staticGroups() {
    var groups = new ArrayList<TargetGroup>();
    boolean relabelled = !yaml.maps("relabel_configs").isEmpty();
    for (YamlMap section : yaml.maps("static_configs")) {
      List<String> targets = section.texts("targets");
      if (!relabelled) refuseBadAddresses(section, targets);
      groups.add(
          new TargetGroup(targets, section.textMap("labels"), fileName + ", static_configs"));
      section.refuseUnknownKeys(yaml.problems());
    }
    return groups;
  }

  /** Relabelling may make an address of anything; without it what is written must be one. */
  private void refuseBadAddresses(YamlMap section, List<String> targets) {
    for (int i = 0; i < targets.size(); i++) {
      String address = targets.get(i);
      Place at = section.at("targets", i);
      TargetAddress.fault(address)
          .ifPresent(fault ->
              yaml.problems()
                  .add(
                      at,
                      "the target '%s' %s".formatted(address, fault),
                      "write host:port, for example gpu1:9400; scheme and path have keys of their own"));
    }
  }

  private List<FileGroups> fileGroups() {
    var files = new ArrayList<FileGroups>();
    for (YamlMap section : yaml.maps("file_sd_configs")) {
      section.duration("refresh_interval"); // changes are seen sooner than any such interval
      for (String pattern : section.texts("files")) {
        if (!Globs.isOfTargets(pattern)) {
          yaml.problems()
              .add(
                  section.at("files"),
                  "%s is '%s'".formatted(section.name("files"), pattern),
                  "write a path that ends in .json, .yml or .yaml, with stars in its last part");
        } else {
          files.add(new FileGroups(folder.resolve(pattern)));
        }
      }
      section.refuseUnknownKeys(yaml.problems());
    }
    return files;
  }

  /** Prometheus' names of the formats: one table for asking and for falling back. */
  private record Protocol(String name, String accept, @Nullable ExpositionFormat format) {}

  private static final List<Protocol> PROTOCOLS =
      List.of(
          new Protocol(
              "PrometheusProto",
              "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
              ExpositionFormat.PROTOBUF),
          new Protocol(
              "OpenMetricsText1.0.0",
              "application/openmetrics-text;version=1.0.0",
              ExpositionFormat.OPEN_METRICS),
          new Protocol(
              "OpenMetricsText0.0.1",
              "application/openmetrics-text;version=0.0.1",
              ExpositionFormat.OPEN_METRICS),
          new Protocol("PrometheusText1.0.0", "text/plain;version=1.0.0", ExpositionFormat.TEXT),
          new Protocol("PrometheusText0.0.4", "text/plain;version=0.0.4", ExpositionFormat.TEXT));

  private String accept(List<String> wanted, HistogramSettings histograms) {
    if (wanted.isEmpty()) {
      return histograms.asNative() ? ScrapeSettings.ACCEPT_NATIVE : ScrapeSettings.ACCEPT;
    }
    var accept = new StringBuilder();
    int weight = wanted.size() + 1;
    for (String name : wanted) {
      Protocol protocol = protocol("scrape_protocols", name);
      if (protocol == null || protocol.accept.isEmpty()) continue;
      accept.append(protocol.accept).append(";q=0.").append(Math.min(9, weight--)).append(',');
    }
    return accept.append("*/*;q=0.1").toString();
  }

  private @Nullable ExpositionFormat format(String name) {
    Protocol protocol = protocol("fallback_scrape_protocol", name);
    return protocol == null ? null : protocol.format;
  }

  private @Nullable Protocol protocol(String key, String name) {
    for (Protocol each : PROTOCOLS) if (each.name.equals(name)) return each;
    yaml.problems()
        .add(
            yaml.at(key),
            "%s names '%s'".formatted(yaml.name(key), name),
            "write one of: " + String.join(", ", PROTOCOLS.stream().map(Protocol::name).toList()));
    return null;
  }

  private void refuse() {
    for (String key : PrometheusKeys.REFUSED) {
      if (!yaml.has(key) || yaml.shown(key).equals("false")) continue;
      yaml.problems()
          .add(
              yaml.at(key),
              yaml.name(key) + " is not supported yet",
              "remove it, or leave this job to a Prometheus");
    }
  }

  private void warnOfDiscoveries() {
    for (String kind : PrometheusKeys.UNUSED_DISCOVERIES) {
      String key = kind + "_sd_configs";
      if (!yaml.has(key)) continue;
      warnings.add(
          yaml.at(key),
          "%s is not supported yet, so its targets are not scraped".formatted(yaml.name(key)),
          "name them in static_configs or file_sd_configs");
    }
  }
}
