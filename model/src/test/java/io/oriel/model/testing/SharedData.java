package io.oriel.model.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/**
 * Recorded data of real servers, which lie beside the project and are read in place. A test that
 * needs a folder which is not there is skipped, and says which one it looked for.
 */
public final class SharedData {
  private SharedData() {}

  /** A file or folder below {@code ../shared/conformance}. */
  public static Path conformance(String path) {
    return find("oriel.conformance", path);
  }

  /** A file or folder below {@code ../shared/reference}. */
  public static Path reference(String path) {
    return find("oriel.reference", path);
  }

  /** A file or folder below {@code ../shared/bench}: what compares servers side by side. */
  public static Path bench(String path) {
    return find("oriel.bench", path);
  }

  private static Path find(String property, String path) {
    String root = System.getProperty(property);
    if (root == null) throw new IllegalStateException("the build sets -D" + property);
    Path folder = Path.of(root).normalize();
    if (!Files.isDirectory(folder)) {
      throw new TestAbortedException("skipped, nothing was checked: there is no folder " + folder);
    }
    Path found = folder.resolve(path);
    if (!Files.exists(found)) throw new AssertionError("missing in the shared data: " + found);
    return found;
  }
}
