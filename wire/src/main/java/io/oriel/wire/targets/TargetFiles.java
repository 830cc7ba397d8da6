package io.oriel.wire.targets;

import io.oriel.model.limit.Limits;
import io.oriel.wire.yaml.Problem;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups of targets in files, read again when a file has changed. A file that can't be read, or has
 * a mistake in it, leaves its targets as they were; one that is deleted takes its targets along.
 * Not thread-safe.
 */
public final class TargetFiles {
  /** Hears when something can't be read, and when that is over. */
  @FunctionalInterface
  public interface Watcher {
    /** For who asks for {@link TargetFiles#faults} instead. */
    Watcher NONE = (_, _) -> {};

    /**
     * It is as said from now on.
     *
     * @param fault with what to do about it; empty when all is well again
     */
    void changed(Path what, String fault);
  }

  /** By what a change is seen without opening the file. */
  private record Stamp(FileTime modified, long bytes, @Nullable Object file) {
    static Stamp of(Path file) throws IOException {
      var seen = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey());
    }
  }

  private record Listing(List<Path> files, String fault) {
    static final Listing NONE = new Listing(List.of(), "");
  }

  private record Read(@Nullable Stamp stamp, List<TargetGroup> groups, String fault) {
    static final Read NONE = new Read(null, List.of(), "");
  }

  private final Limits limits;
  private final String key;
  private final Watcher watcher;
  private final Map<Path, Listing> listings = new HashMap<>(); // by pattern
  private final Map<Path, Read> files = new HashMap<>();

  /**
   * @param key what of the configuration names the files, for people: {@code file_sd_configs}
   */
  public TargetFiles(Limits limits, String key, Watcher watcher) {
    this.limits = limits;
    this.key = key;
    this.watcher = watcher;
  }

  /** What the files of a pattern say now, in the order of their paths. */
  public List<TargetGroup> groups(Path pattern) {
    var groups = new ArrayList<TargetGroup>();
    for (Path file : list(pattern)) groups.addAll(read(file));
    return groups;
  }

  /**
   * What could not be read of a pattern when it was looked at last: in each case what was there
   * before stays.
   */
  public List<String> faults(Path pattern) {
    Listing listing = listings.getOrDefault(pattern, Listing.NONE);
    var faults = new ArrayList<String>();
    if (!listing.fault.isEmpty()) faults.add(listing.fault);
    for (Path file : listing.files) {
      String fault = files.getOrDefault(file, Read.NONE).fault;
      if (!fault.isEmpty()) faults.add(fault);
    }
    return faults;
  }

  /** Forgets files that are not among the patterns any more. */
  public void keepOnly(List<Path> patterns) {
    listings.keySet().retainAll(patterns);
    Set<Path> known = new HashSet<>();
    for (Listing each : listings.values()) known.addAll(each.files);
    files.keySet().retainAll(known);
  }

  private List<Path> list(Path pattern) {
    Listing before = listings.getOrDefault(pattern, Listing.NONE);
    Listing now;
    try {
      now = new Listing(Globs.list(pattern), "");
    } catch (IOException e) {
      now = new Listing(before.files, fault(pattern.getParent(), e));
    }
    if (!now.fault.equals(before.fault)) watcher.changed(pattern, now.fault);
    listings.put(pattern, now);
    return now.files;
  }

  private List<TargetGroup> read(Path file) {
    Read before = files.getOrDefault(file, Read.NONE);
    Read now;
    try {
      now = read(file, before);
    } catch (NoSuchFileException e) {
      now = Read.NONE; // gone between the look and the reading
    } catch (IOException e) {
      now = new Read(null, before.groups, fault(file, e));
    }
    if (!now.fault.equals(before.fault)) watcher.changed(file, now.fault);
    files.put(file, now);
    return now.groups;
  }

  /** What could not be read is tried anew each time: rights may change and leave no mark. */
  private Read read(Path file, Read before) throws IOException {
    Stamp stamp = Stamp.of(file);
    if (stamp.equals(before.stamp)) return before;
    if (!Files.isReadable(file)) throw new AccessDeniedException(file.toString());
    var problems = new Problems();
    List<TargetGroup> groups = parse(file, problems);
    return problems.isEmpty()
        ? new Read(stamp, groups, "")
        : new Read(stamp, before.groups, fault(problems.list()));
  }

  private List<TargetGroup> parse(Path file, Problems problems) {
    var groups = new ArrayList<TargetGroup>();
    for (YamlMap section : YamlFile.readList(file, limits, problems)) {
      var labels = new LinkedHashMap<>(section.textMap("labels"));
      labels.put("__meta_filepath", file.toString());
      String foundBy = file.getFileName() + ", " + key;
      groups.add(new TargetGroup(section.texts("targets"), labels, foundBy));
      section.refuseUnknownKeys(problems);
    }
    return groups;
  }

  private static String fault(@Nullable Path path, IOException e) {
    return e instanceof AccessDeniedException
        ? "%s may not be read; give Oriel's user the right to read it".formatted(path)
        : "%s can't be read (%s); see what is wrong with it".formatted(path, e.getMessage());
  }

  private static String fault(List<Problem> problems) {
    String others = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
    return problems.getFirst() + others;
  }
}
