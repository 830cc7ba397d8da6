package io.oriel.storage.testing;

import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that treats its users as badly as a real one may: writes come back short,
 * space runs out, syncs fail, and {@link #losePower} keeps of what was not synced only what the
 * seed says, pages torn in halves included.
 *
 * <p>Names follow the rules of a journal: what was created, renamed or deleted is durable in that
 * order, up to some point at or behind the last {@link #force} of a folder. Content follows none.
 */
public final class FaultyDisk implements Disk {
  private final Random random;
  private final List<NameChange> journal = new ArrayList<>(); // not durable yet
  private SortedMap<Path, Node> names = new TreeMap<>();
  private final SortedMap<Path, Node> durableNames = new TreeMap<>();
  private final Set<Path> locks = new HashSet<>();
  private long freeBytes = Long.MAX_VALUE;
  private boolean shortWrites = true;
  private int forcesUntilFailure = -1;
  private int forces;
  private int changesUntilDark = -1; // -1: the lights stay on
  private int powerCycles; // files opened before the last loss of power are dead

  /** A folder where content is null, else a file. */
  private record Node(@Nullable FaultyContent content) {
    static final Node FOLDER = new Node(null);
  }

  private interface NameChange {
    void applyTo(SortedMap<Path, Node> names);

    boolean touches(Path folder);
  }

  public FaultyDisk(long seed) {
    this.random = new Random(seed);
  }

  /** How many bytes may still be written. */
  public synchronized void setFreeBytes(long bytes) {
    freeBytes = bytes;
  }

  public synchronized void setShortWrites(boolean on) {
    shortWrites = on;
  }

  /**
   * The n-th sync of a file from now on fails, and drops what it should have kept; 1 = the next.
   */
  public synchronized void failForce(int nth) {
    forcesUntilFailure = nth;
  }

  /**
   * After so many more changes (writes, syncs, names) nothing works any more, as if the lights had
   * gone out; {@link #losePower} then tells what is left.
   */
  public synchronized void goDarkAfter(int changes) {
    changesUntilDark = changes;
  }

  /** Whether that many changes were asked for. */
  public synchronized boolean isDark() {
    return changesUntilDark == 0;
  }

  private void countChange() throws IOException {
    if (changesUntilDark == 0) throw new IOException("the machine lost its power");
    if (changesUntilDark > 0) changesUntilDark--;
  }

  /** How many syncs of files there were. */
  public synchronized int forces() {
    return forces;
  }

  /** Waits until there were so many syncs of files. */
  public synchronized void awaitForces(int count) throws InterruptedException {
    while (forces < count) wait();
  }

  /** The lights go out. Open files are dead; what is left is what a restart finds. */
  public synchronized void losePower() {
    powerCycles++;
    changesUntilDark = -1;
    locks.clear();
    int kept = journal.isEmpty() ? 0 : random.nextInt(journal.size() + 1);
    journal.subList(0, kept).forEach(change -> change.applyTo(durableNames));
    journal.clear();
    names = new TreeMap<>(durableNames);
    var seen = new HashSet<FaultyContent>();
    for (Node node : names.values()) {
      if (node.content() != null && seen.add(node.content())) node.content().losePower(random);
    }
  }

  private Node node(Path path) throws IOException {
    Node node = names.get(path);
    if (node == null) throw new NoSuchFileException(path.toString());
    return node;
  }

  private FaultyContent content(Path file) throws IOException {
    FaultyContent content = node(file).content();
    if (content == null) throw new IOException(file + " is a folder");
    return content;
  }

  private void change(NameChange change) {
    change.applyTo(names);
    journal.add(change);
  }

  private void put(Path path, Node node) {
    change(
        new NameChange() {
          @Override
          public void applyTo(SortedMap<Path, Node> where) {
            where.put(path, node);
          }

          @Override
          public boolean touches(Path folder) {
            return folder.equals(path.getParent());
          }
        });
  }

  private void checkFolderOf(Path path) throws IOException {
    Path folder = path.getParent();
    if (folder == null || folder.getParent() == null) return;
    if (!isFolder(folder)) throw new NoSuchFileException(folder.toString());
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    countChange();
    checkFolderOf(file);
    if (names.containsKey(file)) throw new FileAlreadyExistsException(file.toString());
    if (freeBytes <= 0) throw noSpace();
    var content = new FaultyContent();
    put(file, new Node(content));
    return new OpenFile(content);
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    return new OpenFile(content(file));
  }

  @Override
  public synchronized MemorySegment map(Path file, Arena arena) throws IOException {
    byte[] bytes = content(file).copy();
    MemorySegment mapped = arena.allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, mapped, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
    return mapped.asSlice(0, bytes.length).asReadOnly();
  }

  @Override
  public synchronized long size(Path file) throws IOException {
    return content(file).size();
  }

  @Override
  public synchronized boolean exists(Path path) {
    return names.containsKey(path);
  }

  @Override
  public synchronized boolean isFolder(Path path) {
    Node node = names.get(path);
    return node != null && node.content() == null;
  }

  @Override
  public synchronized List<String> list(Path folder) throws IOException {
    node(folder);
    return names.keySet().stream()
        .filter(path -> folder.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .sorted()
        .toList();
  }

  @Override
  public synchronized void createFolders(Path folder) throws IOException {
    if (folder.getParent() != null) createFolders(folder.getParent());
    if (isFolder(folder)) return;
    if (exists(folder)) throw new FileAlreadyExistsException(folder.toString());
    countChange();
    put(folder, Node.FOLDER);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    countChange();
    node(from);
    checkFolderOf(to);
    if (isFolder(to) && !list(to).isEmpty()) throw new DirectoryNotEmptyException(to.toString());
    change(
        new NameChange() {
          @Override
          public void applyTo(SortedMap<Path, Node> where) {
            var moved = new TreeMap<Path, Node>();
            where.forEach((path, node) -> {
              if (path.startsWith(from)) moved.put(to.resolve(from.relativize(path)), node);
            });
            where.keySet().removeIf(path -> path.startsWith(from));
            moved.forEach(
                (path, node) -> where.put(Path.of(path.toString().replaceAll("/$", "")), node));
          }

          @Override
          public boolean touches(Path folder) {
            return folder.equals(from.getParent()) || folder.equals(to.getParent());
          }
        });
  }

  @Override
  public synchronized void link(Path link, Path existing) throws IOException {
    countChange();
    checkFolderOf(link);
    if (exists(link)) throw new FileAlreadyExistsException(link.toString());
    put(link, new Node(content(existing)));
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    if (!exists(path)) return;
    countChange();
    if (isFolder(path) && !list(path).isEmpty())
      throw new DirectoryNotEmptyException(path.toString());
    change(
        new NameChange() {
          @Override
          public void applyTo(SortedMap<Path, Node> where) {
            where.remove(path);
          }

          @Override
          public boolean touches(Path folder) {
            return folder.equals(path.getParent());
          }
        });
  }

  @Override
  public synchronized void force(Path folder) throws IOException {
    countChange();
    node(folder);
    int end = 0;
    for (int i = 0; i < journal.size(); i++) {
      if (journal.get(i).touches(folder)) end = i + 1;
    }
    journal.subList(0, end).forEach(change -> change.applyTo(durableNames));
    journal.subList(0, end).clear();
  }

  @Override
  public synchronized long freeBytes(Path path) {
    return freeBytes;
  }

  @Override
  public synchronized AutoCloseable lock(Path file) throws IOException {
    if (!locks.add(file)) throw new InUse(ProcessHandle.current().pid());
    if (!exists(file)) put(file, new Node(new FaultyContent()));
    return () -> {
      synchronized (this) {
        locks.remove(file);
      }
    };
  }

  private static IOException noSpace() {
    return new IOException("No space left on device");
  }

  private final class OpenFile implements DiskFile {
    private final FaultyContent content;
    private final int bornIn = powerCycles;

    OpenFile(FaultyContent content) {
      this.content = content;
    }

    private void checkAlive() throws IOException {
      if (bornIn != powerCycles) throw new IOException("the machine lost its power");
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      synchronized (FaultyDisk.this) {
        checkAlive();
        countChange();
        int length = from.remaining();
        if (shortWrites && length > 1) length = 1 + random.nextInt(length);
        long growth = Math.max(0, at + length - content.size());
        if (growth > freeBytes) {
          length -= (int) (growth - Math.max(0, freeBytes));
          growth = Math.max(0, freeBytes);
        }
        if (length <= 0) throw noSpace();
        freeBytes -= growth;
        byte[] bytes = new byte[length];
        from.get(bytes);
        content.write(bytes, (int) at);
        return length;
      }
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      synchronized (FaultyDisk.this) {
        checkAlive();
        byte[] bytes = content.copy();
        if (at >= bytes.length) return -1;
        int length = Math.min(into.remaining(), bytes.length - (int) at);
        into.put(bytes, (int) at, length);
        return length;
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (FaultyDisk.this) {
        checkAlive();
        return content.size();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (FaultyDisk.this) {
        checkAlive();
        countChange();
        freeBytes += Math.max(0, content.size() - size);
        content.truncate((int) size);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyDisk.this) {
        checkAlive();
        countChange();
        boolean fails = forcesUntilFailure > 0 && --forcesUntilFailure == 0;
        if (fails) {
          content.dropUnsynced();
          throw new IOException("Input/output error");
        }
        content.force();
        forces++;
        FaultyDisk.this.notifyAll();
      }
    }

    @Override
    public void close() {}
  }
}
