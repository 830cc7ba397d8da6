package io.oriel.storage.disk;

import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The folder of one store, {@code data/<signal>/}, held by one process at a time: a lock file that
 * the system frees when its holder dies, with the holder's pid inside for the message to others.
 */
public final class DataFolder implements AutoCloseable {
  private final Disk disk;
  private final Path root;
  private final AutoCloseable lock;

  private DataFolder(Disk disk, Path root, AutoCloseable lock) {
    this.disk = disk;
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is missing, locks it, and empties {@code tmp/}, which holds only what
   * a crash left behind.
   *
   * @param data the data folder that all signals share ({@code --data DIR})
   * @param signal the name of the store: {@code metrics}, {@code logs}
   * @throws Refusal.CannotStart when the folder is in use, or can't be made, read or written
   */
  public static DataFolder open(Disk disk, Path data, String signal) {
    Path root = data.resolve(signal);
    try {
      makeFolders(disk, data, root);
      var folder = new DataFolder(disk, root, disk.lock(root.resolve("lock")));
      folder.emptyTmp();
      return folder;
    } catch (Disk.InUse e) {
      throw inUse(data, e.pid());
    } catch (IOException e) {
      throw cannotUse(data, e);
    }
  }

  /**
   * The same folder as it lies there, to be read only: nothing is made, locked or emptied.
   *
   * @throws Refusal.CannotStart when there is no such store
   */
  public static DataFolder look(Disk disk, Path data, String signal) {
    Path root = data.resolve(signal);
    if (!disk.isFolder(root.resolve("blocks"))) {
      throw new Refusal.CannotStart(
          "there is no store of %s in %s".formatted(signal, data),
          "name a data folder of Oriel with --data DIR");
    }
    return new DataFolder(disk, root, () -> {});
  }

  /** Which process holds the store now: its pid, 0 where it can't be told; empty: none does. */
  public static OptionalLong holder(Path data, String signal) {
    try {
      return LockFile.holder(data.resolve(signal).resolve("lock"));
    } catch (IOException e) {
      throw cannotUse(data, e);
    }
  }

  private static void makeFolders(Disk disk, Path data, Path root) throws IOException {
    if (disk.exists(data) && !disk.isFolder(data)) {
      throw new Refusal.CannotStart(
          "the data folder %s is a file".formatted(data), "name a folder with --data DIR");
    }
    boolean isNew = !disk.exists(data);
    for (String part : new String[] {"wal", "blocks", "checkpoints", "tmp"}) {
      disk.createFolders(root.resolve(part));
    }
    disk.force(root);
    disk.force(data);
    Path parent = data.toAbsolutePath().getParent();
    if (isNew && parent != null) disk.force(parent);
  }

  private static Refusal inUse(Path data, long pid) {
    return new Refusal.CannotStart(
        "the data folder %s is in use by %s"
            .formatted(data, pid == 0 ? "another process" : "process " + pid),
        "stop it, or choose another with --data DIR");
  }

  private static Refusal cannotUse(Path data, IOException e) {
    return new Refusal.CannotStart(
        "the data folder %s can't be used (%s)".formatted(data, reason(e)),
        "give user %s the right to write there and some free space, or choose another with --data DIR"
            .formatted(System.getProperty("user.name")));
  }

  private static String reason(IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof java.nio.file.FileAlreadyExistsException file) {
      return file.getFile() + " is not a folder";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason() + ": " + f.getFile();
    }
    return String.valueOf(e.getMessage());
  }

  /** Deletes what an earlier run left half made. */
  private void emptyTmp() throws IOException {
    for (String name : disk.list(tmp())) disk.deleteTree(tmp().resolve(name));
  }

  public Disk disk() {
    return disk;
  }

  /** {@code data/<signal>}. */
  public Path root() {
    return root;
  }

  public Path manifest() {
    return root.resolve("manifest");
  }

  public Path wal() {
    return root.resolve("wal");
  }

  public Path blocks() {
    return root.resolve("blocks");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Where things are made before they are renamed to their place; emptied at start. */
  public Path tmp() {
    return root.resolve("tmp");
  }

  /** Lets the lock go. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
