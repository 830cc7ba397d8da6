package io.oriel.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A staged folder as one tar.gz; its bytes depend on names and contents alone. */
final class Tarball {
  private static final int FOLDER = 0755;
  private static final int PROGRAM = 0755;
  private static final int FILE = 0644;

  private Tarball() {}

  /** Writes it beside, then gives it its name: there is never half a one. */
  static void write(Stage stage, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    var how = new GzipParameters();
    how.setCompressionLevel(Deflater.BEST_COMPRESSION);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part));
        var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out, how))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path each : stage.entries()) add(stage, each, tar);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void add(Stage stage, Path path, TarArchiveOutputStream tar) throws IOException {
    String top = String.valueOf(stage.folder().getFileName());
    boolean isTop = path.equals(stage.folder());
    String name = isTop ? top : top + "/" + stage.folder().relativize(path);
    TarArchiveEntry entry;
    if (Files.isSymbolicLink(path)) {
      entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(path).toString());
    } else if (Files.isDirectory(path)) {
      entry = new TarArchiveEntry(name + "/");
      entry.setMode(FOLDER);
    } else {
      entry = new TarArchiveEntry(name);
      entry.setMode(Files.isExecutable(path) ? PROGRAM : FILE);
      entry.setSize(Files.size(path));
    }
    entry.setModTime(Stage.TIME.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    tar.putArchiveEntry(entry);
    if (entry.isFile() && !entry.isSymbolicLink()) Files.copy(path, tar);
    tar.closeArchiveEntry();
  }
}
