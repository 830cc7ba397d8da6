package io.oriel.collect.node;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small machine made of files, which a test writes as it needs them. */
final class Tree implements AutoCloseable {
  final Roots roots;
  final ManualClock clock = new ManualClock(1_000_000);
  final Readings readings = new Readings();
  private final NodeCollector collector;
  private final Path folder;

  Tree(Path folder) {
    this.folder = folder;
    this.roots = new Roots(folder.resolve("proc"), folder.resolve("sys"), folder.resolve("root"));
    this.collector = new NodeCollector(roots, clock, folder.resolve("text"));
  }

  /** Writes a file below the folder: {@code proc/loadavg}. */
  Tree with(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tree withFolder(String path) {
    try {
      Files.createDirectories(folder.resolve(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What one round tells. */
  Told round() {
    readings.begin();
    collector.collect(readings);
    clock.advance(15_000);
    return Told.of(readings);
  }

  @Override
  public void close() {
    collector.close();
  }
}
