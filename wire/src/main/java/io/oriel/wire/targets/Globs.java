package io.oriel.wire.targets;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds files whose last part matches a pattern with stars. */
public final class Globs {
  private static final Pattern OF_TARGETS =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(?i:json|yml|yaml)");

  private Globs() {}

  /** Whether a pattern is one for files of targets: its ending, and stars in its last part only. */
  public static boolean isOfTargets(String pattern) {
    return OF_TARGETS.matcher(pattern).matches();
  }

  /** Those that are there now, sorted; none where the folder is missing or can't be listed. */
  public static List<Path> files(Path pattern) {
    try {
      return list(pattern);
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Those that are there now, sorted; none where the folder is missing.
   *
   * @throws IOException when it is there and can't be listed
   */
  static List<Path> list(Path pattern) throws IOException {
    Path folder = pattern.getParent();
    Path name = pattern.getFileName();
    if (folder == null || name == null) return List.of();
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name.toString())) {
      for (Path file : files) if (!Files.isDirectory(file)) found.add(file);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }
}
