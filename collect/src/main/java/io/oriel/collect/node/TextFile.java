package io.oriel.collect.node;

import io.oriel.collect.node.TextFileReader.Row;
import io.oriel.model.Labels;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** One {@code .prom} file, read again when it has changed: all of it counts, or nothing. */
final class TextFile {
  private static final int MOST_BYTES = 4 << 20;
  private static final FileTime NEVER = FileTime.fromMillis(Long.MIN_VALUE);

  final String name;
  final Labels label;
  private final Path path;
  private FileTime modified = NEVER;
  private long size;
  private List<Row> rows = List.of();
  private String problem = "";

  TextFile(Path path) {
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    this.label = Labels.of("file", path.toString());
  }

  /** Brings it up to date; true when it was read again. */
  boolean look() {
    try {
      var now = Files.readAttributes(path, BasicFileAttributes.class);
      if (now.lastModifiedTime().equals(modified) && now.size() == size) return false;
      modified = now.lastModifiedTime();
      size = now.size();
      if (size > MOST_BYTES) throw Unreadable.because("larger than " + (MOST_BYTES >> 20) + " MiB");
      rows = TextFileReader.read(Files.readAllBytes(path));
      problem = "";
    } catch (Unreadable e) {
      give(e.reason()); // until it is written anew
    } catch (AccessDeniedException _) {
      modified = NEVER; // rights may change without the file
      give("permission denied");
    } catch (IOException e) {
      modified = NEVER;
      give(String.valueOf(e.getMessage()));
    }
    return true;
  }

  private void give(String reason) {
    problem = reason;
    rows = List.of();
  }

  /** Why it can't be told; empty where it can. */
  String problem() {
    return problem;
  }

  List<Row> rows() {
    return rows;
  }

  double modifiedSeconds() {
    return modified.toMillis() / 1000.0;
  }
}
