package io.oriel.collect.discover;

import io.oriel.model.limit.Limits;
import io.oriel.wire.targets.TargetFiles;
import io.oriel.wire.targets.TargetGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Systems that files list; who writes one is followed at the next look. */
final class FileSystems {
  private final TargetFiles files;

  FileSystems(Limits limits) {
    this.files = new TargetFiles(limits, "a file", TargetFiles.Watcher.NONE);
  }

  Listed find(SystemList.InFiles list) {
    var systems = new ArrayList<FoundSystem>();
    var refused = new ArrayList<String>();
    for (TargetGroup group : files.groups(list.pattern())) {
      String file = group.labels().getOrDefault("__meta_filepath", "a file");
      for (String address : group.addresses()) {
        list.entry()
            .fault(address, group.labels())
            .ifPresentOrElse(
                fault -> refused.add("%s: %s".formatted(file, fault)),
                () -> systems.add(list.entry().at(address, group.labels(), "file " + file)));
      }
    }
    List<String> faults = files.faults(list.pattern());
    if (!faults.isEmpty()) return Listed.kept(systems, faults.getFirst());
    if (!refused.isEmpty()) return new Listed(systems, refused.getFirst());
    return new Listed(systems, missing(list.pattern()));
  }

  /** A pattern with stars may find nothing; a file that is named should be there. */
  private static String missing(Path pattern) {
    boolean isNamed = !pattern.toString().contains("*");
    return isNamed && Files.notExists(pattern)
        ? "there is no such file; write it, or correct collectors.systems"
        : "";
  }
}
