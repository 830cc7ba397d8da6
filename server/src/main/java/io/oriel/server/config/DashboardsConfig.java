package io.oriel.server.config;

import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The section of dashboards.
 *
 * @param folders where dashboards lie as files, beside those that are shipped
 */
public record DashboardsConfig(List<Path> folders) {

  static DashboardsConfig read(YamlMap yaml, Flags flags, Problems problems, Problems warnings) {
    String key = Setting.DASHBOARDS_FOLDERS.key();
    var folders = new ArrayList<Path>();
    List<String> written = yaml.texts(key);
    for (int i = 0; i < written.size(); i++) {
      try {
        folders.add(flags.besideConfig(Path.of(written.get(i))));
      } catch (InvalidPathException _) {
        problems.add(
            yaml.at(key, i),
            "dashboards.folders has '%s', which is no path".formatted(written.get(i)),
            "write a folder, for example /etc/oriel/dashboards");
      }
    }
    yaml.refuseUnknownKeys(problems);
    List<Path> used = flags.dashboards().isEmpty() ? folders : flags.dashboards();
    for (Path folder : used) {
      if (Files.isDirectory(folder)) continue;
      warnings.add(
          yaml.at(key),
          "%s is to hold dashboards and is no folder".formatted(folder),
          "make it, or correct the name; until then it has none");
    }
    return new DashboardsConfig(List.copyOf(used));
  }
}
