package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the small files of /proc and /sys: one buffer for all, no object a read. The content is
 * lent as a {@link Text} until the next read.
 *
 * <p>Not thread-safe; whoever opens it closes it.
 */
final class KernelFiles implements AutoCloseable {
  private static final int MAX_BYTES = 16 << 20; // no kernel file that is read here comes near
  private static final int SURELY_ALL = 128; // a first read so short left nothing behind
  private static final int MAX_PATH = 4096;
  private static final int MOST_HELD = 512; // open files besides those that are kept
  private static final int D_NAME = 19; // offset of the name in struct dirent, 64-bit Linux

  private final Arena arena = Arena.ofShared();
  private final Libc libc = new Libc(arena);
  private final MemorySegment memory = Libc.memory();
  private final MemorySegment pathBuffer = arena.allocate(MAX_PATH);
  private final Text text = new Text();
  private final List<KeptFile> kept = new ArrayList<>();
  private final List<HeldFile> held = new ArrayList<>();
  private final List<Runnable> closedToo = new ArrayList<>();
  private Arena bufferArena = Arena.ofShared();
  private MemorySegment buffer = bufferArena.allocate(16 << 10);
  private int lastErrno;
  private long round;

  /**
   * A file that is there as long as the machine runs: opened once, read again from its beginning.
   */
  final class KeptFile {
    private final String path;
    private int file = -1;

    private KeptFile(String path) {
      this.path = path;
    }

    /**
     * @throws Unreadable when it is not there or can't be read
     */
    Text read() throws Unreadable {
      Text found = tryRead();
      if (found == null) throw Unreadable.of(path, lastErrno);
      return found;
    }

    /** Null where it can't be read. */
    @Nullable Text tryRead() {
      if (file < 0) file = KernelFiles.this.open(path);
      if (file < 0) return null;
      Text found = content(file);
      if (found == null) {
        libc.close(file); // a device that went: next time it is looked for anew
        file = -1;
      }
      return found;
    }

    String path() {
      return path;
    }

    private void close() {
      if (file >= 0) libc.close(file);
      file = -1;
    }
  }

  /**
   * A file of something that may come and go: a process, a device. While it is read each round it
   * stays open, as far as there are places; then it is closed by itself.
   */
  static final class HeldFile {
    private int file = -1;
    private int place;
    private long round;
  }

  /** Begins a round: held files that the last one did not read are closed. */
  void beginRound() {
    for (int i = held.size() - 1; i >= 0; i--) {
      if (held.get(i).round != round) letGo(held.get(i));
    }
    round++;
  }

  /** As {@link #tryRead(NativePath)}, by the open file where there is one. */
  @Nullable Text tryRead(NativePath path, HeldFile file) {
    return tryRead(path, file, false);
  }

  /** As {@link #tryRead(NativePath, HeldFile)} of a file that the kernel writes in one piece. */
  @Nullable Text tryReadPiece(NativePath path, HeldFile file) {
    return tryRead(path, file, true);
  }

  private @Nullable Text tryRead(NativePath path, HeldFile file, boolean onePiece) {
    file.round = round;
    if (file.file >= 0) {
      Text found = content(file.file, onePiece);
      if (found != null) return found;
      letGo(file); // it is gone, and another may have its name
    }
    int opened = open(path);
    if (opened < 0) return null;
    Text found = content(opened, onePiece);
    if (found == null || held.size() >= MOST_HELD) {
      libc.close(opened);
    } else {
      file.file = opened;
      file.place = held.size();
      held.add(file);
    }
    return found;
  }

  private void letGo(HeldFile file) {
    libc.close(file.file);
    file.file = -1;
    HeldFile last = held.removeLast();
    if (last == file) return;
    last.place = file.place;
    held.set(file.place, last);
  }

  KeptFile keep(String path) {
    var file = new KeptFile(path);
    kept.add(file);
    return file;
  }

  /** Opens, reads, closes. Null where there is nothing to read. */
  @Nullable Text tryRead(String path) {
    int file = open(path);
    if (file < 0) return null;
    try {
      return content(file);
    } finally {
      libc.close(file);
    }
  }

  /** As {@link #tryRead(String)} with a path that was kept as bytes: nothing is allocated. */
  @Nullable Text tryRead(NativePath path) {
    int file = open(path);
    if (file < 0) return null;
    try {
      return content(file);
    } finally {
      libc.close(file);
    }
  }

  Text read(String path) throws Unreadable {
    Text found = tryRead(path);
    if (found == null) throw Unreadable.of(path, lastErrno);
    return found;
  }

  /** A one-line file as a string; null where there is none. */
  @Nullable String line(String path) {
    Text found = tryRead(path);
    return found == null ? null : found.all();
  }

  /** The names in a folder, sorted; empty where there is no such folder. */
  List<String> list(String path) {
    var names = new ArrayList<String>();
    long folder = libc.opendir(pathOf(path));
    if (folder == 0) {
      lastErrno = libc.errno();
      return names;
    }
    for (long entry = libc.readdir(folder); entry != 0; entry = libc.readdir(folder)) {
      String name = memory.getString(entry + D_NAME);
      if (!name.equals(".") && !name.equals("..")) names.add(name);
    }
    libc.closedir(folder);
    names.sort(null);
    return names;
  }

  /** The names in a folder, a line each, in the kernel's order; null where there is none. */
  @Nullable Text names(NativePath path) {
    long folder = libc.opendir(path.address());
    if (folder == 0) {
      lastErrno = libc.errno();
      return null;
    }
    int length = 0;
    for (long entry = libc.readdir(folder); entry != 0; entry = libc.readdir(folder)) {
      length = appendName(entry + D_NAME, length);
    }
    libc.closedir(folder);
    return text.reset(length);
  }

  private int appendName(long at, int length) {
    if (memory.get(JAVA_BYTE, at) == '.') return length; // itself, its parent, hidden ones
    int end = length;
    for (byte b = memory.get(JAVA_BYTE, at); b != 0; b = memory.get(JAVA_BYTE, ++at)) {
      end = put(b, end);
    }
    return put((byte) '\n', end);
  }

  private int put(byte b, int at) {
    if (at == text.bytes.length) text.bytes = Arrays.copyOf(text.bytes, at * 2);
    text.bytes[at] = b;
    return at + 1;
  }

  /** The entries of a folder whose names are numbers: /proc's processes. */
  void numbers(NativePath path, Numbers into) {
    into.clear();
    long folder = libc.opendir(path.address());
    if (folder == 0) {
      lastErrno = libc.errno();
      return;
    }
    for (long entry = libc.readdir(folder); entry != 0; entry = libc.readdir(folder)) {
      int value = 0;
      for (long at = entry + D_NAME; ; at++) {
        byte b = memory.get(JAVA_BYTE, at);
        if (b == 0) break;
        if (b < '0' || b > '9') {
          value = -1;
          break;
        }
        value = value * 10 + (b - '0');
      }
      if (value > 0) into.add(value);
    }
    libc.closedir(folder);
  }

  /** Why the last read gave nothing. */
  int lastErrno() {
    return lastErrno;
  }

  Libc libc() {
    return libc;
  }

  Arena arena() {
    return arena;
  }

  /** Something that a reader of these files holds on to, given back with them. */
  void closeToo(Runnable close) {
    closedToo.add(close);
  }

  private int open(String path) {
    int file = libc.open(pathOf(path));
    if (file < 0) lastErrno = libc.errno();
    return file;
  }

  private int open(NativePath path) {
    int file = libc.open(path.address());
    if (file < 0) lastErrno = libc.errno();
    return file;
  }

  private long pathOf(String path) {
    pathBuffer.setString(0, path);
    return pathBuffer.address();
  }

  /** Reads until the end is reached; the buffer grows to the largest file there is. */
  private @Nullable Text content(int file) {
    return content(file, false);
  }

  private @Nullable Text content(int file, boolean onePiece) {
    int length = 0;
    while (true) {
      long n = libc.pread(file, buffer.address() + length, buffer.byteSize() - length, length);
      if (n < 0) {
        lastErrno = libc.errno();
        return null;
      }
      length += (int) n;
      // /proc hands out whole lines up to a page at a time: a short read is not yet the end
      boolean all = length == n && (n < SURELY_ALL || (onePiece && n < buffer.byteSize()));
      if (n == 0 || all) break;
      if (length == buffer.byteSize()) grow();
    }
    if (text.bytes.length < length) text.bytes = new byte[(int) buffer.byteSize()];
    MemorySegment.copy(buffer, JAVA_BYTE, 0, text.bytes, 0, length);
    return text.reset(length);
  }

  private void grow() {
    long size = buffer.byteSize() * 2;
    if (size > MAX_BYTES) throw new IllegalStateException("a kernel file above " + MAX_BYTES);
    Arena larger = Arena.ofShared();
    MemorySegment bigger = larger.allocate(size);
    MemorySegment.copy(buffer, 0, bigger, 0, buffer.byteSize());
    bufferArena.close();
    bufferArena = larger;
    buffer = bigger;
  }

  @Override
  public void close() {
    kept.forEach(KeptFile::close);
    while (!held.isEmpty()) letGo(held.getLast());
    closedToo.forEach(Runnable::run);
    bufferArena.close();
    arena.close();
  }
}
