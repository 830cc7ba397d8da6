package io.oriel.storage.manifest;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The manifest on disk. Read by any thread, changed by one at a time. */
public final class ManifestFile {
  private final Disk disk;
  private final Path file;
  private final Path tmp;
  private volatile Manifest current;

  private ManifestFile(DataFolder folder, Manifest current) {
    this.disk = folder.disk();
    this.file = folder.manifest();
    this.tmp = folder.tmp().resolve("manifest");
    this.current = current;
  }

  /**
   * The manifest of a store; an empty one where the store is new.
   *
   * @throws Refusal.CannotStart when it is damaged or a newer version's
   */
  public static ManifestFile open(DataFolder folder) {
    return new ManifestFile(folder, read(folder));
  }

  private static Manifest read(DataFolder folder) {
    try {
      if (!folder.disk().exists(folder.manifest())) return Manifest.EMPTY;
      return ManifestText.parse(folder.manifest(), folder.disk().read(folder.manifest()));
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the manifest %s can't be read (%s)".formatted(folder.manifest(), e.getMessage()),
          "check the disk and the rights on that file");
    }
  }

  /**
   * Writes the manifest of a copy of a store, as its next edition: blocks are named after the one
   * that they come after, and the copy's next block must have a name of its own.
   */
  public static void write(Disk disk, Path file, Path tmp, Manifest manifest) throws IOException {
    disk.replace(file, tmp, ManifestText.write(manifest.next()));
  }

  public Manifest current() {
    return current;
  }

  /**
   * Replaces the manifest by a changed one. When this returns the new one is durable; when it
   * throws, the store goes on with the old one, and after a crash either may be found.
   */
  public synchronized Manifest change(UnaryOperator<Manifest> change) throws IOException {
    Manifest next = change.apply(current).next();
    disk.replace(file, tmp, ManifestText.write(next));
    current = next;
    return next;
  }
}
