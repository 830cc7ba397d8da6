package io.oriel.scrape.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds files whose last part matches a pattern with stars. */
public final class Globs {
  private Globs() {}

  /** Those that are there now, sorted; none where the folder is missing. */
  public static List<Path> files(Path pattern) {
    Path folder = pattern.getParent();
    Path name = pattern.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) return List.of();
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name.toString())) {
      for (Path file : files) if (Files.isRegularFile(file)) found.add(file);
    } catch (IOException e) {
      return List.of(); // gone between the look and the listing: as if it were empty
    }
    found.sort(null);
    return found;
  }
}
