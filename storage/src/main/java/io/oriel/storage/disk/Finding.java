package io.oriel.storage.disk;

import java.nio.file.Path;

/** One thing that is wrong with a file: where in it, in bytes from its beginning, and what. */
public record Finding(Path file, long offset, String what) {
  /** Hears of what is wrong. */
  @FunctionalInterface
  public interface Hearer {
    void found(Finding finding);

    default void found(Path file, long offset, String what) {
      found(new Finding(file, offset, what));
    }
  }

  @Override
  public String toString() {
    return file + ": " + offset + ": " + what;
  }
}
