package io.oriel.storage.disk;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds a data folder until it is killed or its input ends. */
final class HoldingProcess {
  private HoldingProcess() {}

  public static void main(String[] args) throws IOException {
    try (var _ = DataFolder.open(Disk.real(), Path.of(args[0]), "notes")) {
      System.out.println("held");
      while (System.in.read() >= 0) {} // the parent's end of the pipe closes when it dies
    }
  }
}
