package io.oriel.scrape.discover;

import io.oriel.model.limit.Limits;
import io.oriel.scrape.config.FileGroups;
import io.oriel.scrape.config.Globs;
import io.oriel.scrape.config.TargetGroup;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups of targets in files, read again when a file has changed. A file that can't be read, or has
 * a mistake in it, leaves its targets as they were and is told once.
 */
final class FileTargets {
  private static final Logger log = LoggerFactory.getLogger(FileTargets.class);

  /** By what a change is seen without opening the file. */
  private record Stamp(long modifiedMs, long bytes) {}

  private record Read(Stamp stamp, List<TargetGroup> groups) {}

  private final Limits limits;
  private final Map<Path, Read> files = new HashMap<>();

  FileTargets(Limits limits) {
    this.limits = limits;
  }

  /** What the files say now, in the order of their paths. */
  List<TargetGroup> groups(List<FileGroups> patterns) {
    var groups = new ArrayList<TargetGroup>();
    for (FileGroups each : patterns) {
      for (Path file : Globs.files(each.pattern())) groups.addAll(read(file));
    }
    return groups;
  }

  /** Forgets files that are not among the patterns any more. */
  void keepOnly(List<FileGroups> patterns) {
    Set<Path> known = new HashSet<>();
    for (FileGroups each : patterns) known.addAll(Globs.files(each.pattern()));
    files.keySet().retainAll(known);
  }

  private List<TargetGroup> read(Path file) {
    Read before = files.get(file);
    List<TargetGroup> last = before == null ? List.of() : before.groups;
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var stamp = new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size());
      if (before != null && before.stamp.equals(stamp)) return last;
      var problems = new Problems();
      List<TargetGroup> groups = parse(file, problems);
      if (!problems.isEmpty()) {
        log.warn("targets not read, the last good ones stay file={} problems={}", file, problems);
        groups = last;
      }
      files.put(file, new Read(stamp, groups));
      return groups;
    } catch (IOException e) {
      return last; // gone between the look and the reading: the next round sees it
    }
  }

  private List<TargetGroup> parse(Path file, Problems problems) {
    var groups = new ArrayList<TargetGroup>();
    for (YamlMap section : YamlFile.readList(file, limits, problems)) {
      var labels = new LinkedHashMap<>(section.textMap("labels"));
      labels.put("__meta_filepath", file.toString());
      String foundBy = file.getFileName() + ", file_sd_configs";
      groups.add(new TargetGroup(section.texts("targets"), labels, foundBy));
      section.refuseUnknownKeys(problems);
    }
    return groups;
  }
}
