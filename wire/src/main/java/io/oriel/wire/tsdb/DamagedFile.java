package io.oriel.wire.tsdb;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a block that is not what its format says: which one, where, and what is wrong. */
public final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1;

  DamagedFile(Path file, long offset, String what) {
    super("%s, at byte %d: %s".formatted(file, offset, what));
  }
}
