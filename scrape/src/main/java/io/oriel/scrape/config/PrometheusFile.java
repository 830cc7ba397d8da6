package io.oriel.scrape.config;

import io.oriel.model.limit.Limits;
import io.oriel.wire.targets.Globs;
import io.oriel.wire.yaml.Place;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code prometheus.yml}. What is wrong goes to the problems, and reading goes on; sections
 * that Prometheus knows and Oriel does not use yet go to the warnings.
 */
public final class PrometheusFile {
  private final Path folder;
  private final Limits limits;
  private final Problems problems;
  private final Problems warnings;
  private final Further further;
  private final Map<String, String> jobs = new HashMap<>(); // name to place

  /** Takes what the file says beside scraping: what is sent on, and how it is stored. */
  public interface Further {
    Further NONE = (_, _, _) -> {};

    /**
     * Reads {@code remote_write}; what is wrong goes to the sections' problems.
     *
     * @param folder that files are seen from
     */
    void remoteWrites(List<YamlMap> sections, Path folder, Map<String, String> externalLabels);

    /** Takes {@code storage.tsdb.out_of_order_time_window}, where it is written. */
    default void outOfOrderWindow(Place at, Duration window) {}
  }

  private PrometheusFile(
      Path folder, Limits limits, Problems problems, Problems warnings, Further further) {
    this.folder = folder;
    this.limits = limits;
    this.problems = problems;
    this.warnings = warnings;
    this.further = further;
  }

  /**
   * Reads the file and the further files of jobs that it names.
   *
   * @param problems where there are any afterwards, the setup must not be used
   * @param warnings to be told; the setup is good all the same
   */
  public static ScrapeSetup read(Path file, Limits limits, Problems problems, Problems warnings) {
    return read(file, limits, problems, warnings, Further.NONE);
  }

  /** The same, with the sections that others read. */
  public static ScrapeSetup read(
      Path file, Limits limits, Problems problems, Problems warnings, Further further) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) folder = Path.of("/");
    var reading = new PrometheusFile(folder, limits, problems, warnings, further);
    return reading.setup(YamlFile.read(file, limits, problems), file.getFileName().toString());
  }

  private ScrapeSetup setup(YamlMap yaml, String fileName) {
    var global = GlobalSection.read(yaml.section("global"), warnings);
    var found = new ArrayList<ScrapeConfig>(jobsOf(yaml, global, fileName));
    for (String pattern : yaml.texts("scrape_config_files")) {
      for (Path file : Globs.files(folder.resolve(pattern))) {
        YamlMap other = YamlFile.read(file, limits, problems);
        found.addAll(jobsOf(other, global, file.getFileName().toString()));
        other.refuseUnknownKeys(problems);
      }
    }
    further.remoteWrites(yaml.maps("remote_write"), folder, global.externalLabels());
    yaml.map("storage").ifPresent(this::storage);
    for (String key : PrometheusKeys.UNUSED_SECTIONS) {
      if (yaml.has(key)) warnings.add(yaml.at(key), key + " is not used yet", "nothing is to do");
    }
    yaml.refuseUnknownKeys(problems);
    return new ScrapeSetup(found, global.externalLabels());
  }

  private void storage(YamlMap yaml) {
    String window = "out_of_order_time_window";
    YamlMap tsdb = yaml.section("tsdb");
    tsdb.duration(window).ifPresent(length -> further.outOfOrderWindow(tsdb.at(window), length));
    warnOfOthers(yaml, "tsdb");
    warnOfOthers(tsdb, window);
  }

  private void warnOfOthers(YamlMap yaml, String used) {
    for (String key : yaml.keys()) {
      if (key.equals(used)) continue;
      String name = yaml.name(key);
      String remedy = PrometheusKeys.OWN_STORAGE.getOrDefault(name, "nothing is to do");
      warnings.add(yaml.at(key), name + " is not used", remedy);
    }
  }

  private List<ScrapeConfig> jobsOf(YamlMap yaml, GlobalSection global, String fileName) {
    var found = new ArrayList<ScrapeConfig>();
    for (YamlMap section : yaml.maps("scrape_configs")) {
      ScrapeConfig job = new JobSection(section, global, folder, fileName, warnings).read();
      String place = section.at("job_name").toString();
      String before = jobs.putIfAbsent(job.jobName(), place);
      if (before != null && !job.jobName().isEmpty()) {
        problems.add(
            section.at("job_name"),
            "the job %s is there already, at %s".formatted(job.jobName(), before),
            "give each job a name of its own");
      }
      found.add(job);
    }
    return found;
  }
}
