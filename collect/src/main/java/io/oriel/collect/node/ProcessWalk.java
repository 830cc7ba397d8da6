package io.oriel.collect.node;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.oriel.collect.node.KernelFiles.HeldFile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Walks all processes by their stat files; one walk a round serves all who ask about them. */
final class ProcessWalk {
  private static final int MOST = 100_000; // processes; the kernel's own limit is 4 million

  private final KernelFiles files;
  private final NativePath folder;
  private final byte[] prefix; // "/proc/"
  private final MemorySegment path;
  private final NativePath current; // the same bytes
  private final Numbers pids = new Numbers();
  private final Numbers tasks = new Numbers();
  private final Known<String> names = new Known<>(name -> name);
  private ProcessList now = new ProcessList();
  private ProcessList before = new ProcessList();

  ProcessWalk(KernelFiles files, Roots roots) {
    this.files = files;
    this.folder = NativePath.of(roots.proc().toString());
    this.prefix = (roots.proc() + "/").getBytes(StandardCharsets.UTF_8);
    this.path = files.arena().allocate(prefix.length + 64L);
    this.current = new NativePath(path);
    MemorySegment.copy(prefix, 0, path, JAVA_BYTE, 0, prefix.length);
  }

  /** Reads them all. A process that ends meanwhile is simply left out. */
  void walk() throws Unreadable {
    ProcessList older = before;
    before = now;
    now = older;
    now.clear();
    files.numbers(folder, pids);
    if (pids.size() == 0) throw Unreadable.nothingHere("no processes under /proc");
    int j = 0;
    for (int i = 0; i < pids.size() && i < MOST; i++) {
      int pid = pids.at(i);
      while (j < before.size && before.pids[j] < pid) j++; // both rise by number
      boolean known = j < before.size && before.pids[j] == pid;
      read(pid, known ? before.files[j] : new HeldFile());
    }
  }

  ProcessList now() {
    return now;
  }

  ProcessList before() {
    return before;
  }

  private void read(int pid, HeldFile file) {
    Text text = files.tryReadPiece(pathOf(pid, 0, "/stat"), file);
    if (text == null || !text.line() || !text.upTo('(') || !text.upToLast(')')) return;
    int at = now.add();
    now.pids[at] = pid;
    now.files[at] = file;
    now.names[at] = names.of(text);
    text.word();
    now.states[at] = text.wordByte(0);
    text.skip(10); // to cmajflt
    now.cpuTicks[at] = text.number() + text.number();
    text.skip(4); // children's times, priority, nice
    now.threads[at] = (int) text.number();
    text.skip(1);
    now.startTicks[at] = text.number();
    text.skip(1);
    now.residentPages[at] = text.number();
  }

  /** Counts the states of a process' threads, by letter. */
  void countThreadStates(int at, int[] byLetter) {
    int pid = now.pids[at];
    if (now.threads[at] <= 1) {
      byLetter[now.states[at]]++;
      return;
    }
    files.numbers(pathOf(pid, 0, "/task"), tasks);
    for (int i = 0; i < tasks.size(); i++) {
      int task = tasks.at(i);
      if (task == pid) {
        byLetter[now.states[at]]++;
        continue;
      }
      Text text = files.tryRead(pathOf(pid, task, "/stat"));
      if (text == null || !text.line() || !text.upToLast(')') || !text.word()) continue;
      byLetter[text.wordByte(0)]++;
    }
  }

  /** Whom a process belongs to; -1 when it has ended. */
  int uid(int pid) {
    @Nullable Text text = files.tryRead(pathOf(pid, 0, "/status"));
    while (text != null && text.line()) {
      if (text.word() && text.wordIs("Uid:")) return (int) text.number();
    }
    return -1;
  }

  /** {@code /proc/PID[/task/TID]/file}, put together in place. */
  private NativePath pathOf(int pid, int task, String file) {
    int at = digits(pid, prefix.length);
    if (task > 0) at = digits(task, ascii("/task/", at));
    path.set(JAVA_BYTE, ascii(file, at), (byte) 0);
    return current;
  }

  private int ascii(String word, int at) {
    for (int i = 0; i < word.length(); i++) path.set(JAVA_BYTE, at++, (byte) word.charAt(i));
    return at;
  }

  private int digits(int value, int at) {
    int width = 1;
    for (int rest = value; rest >= 10; rest /= 10) width++;
    int rest = value;
    for (int i = at + width - 1; i >= at; i--, rest /= 10) {
      path.set(JAVA_BYTE, i, (byte) ('0' + rest % 10));
    }
    return at + width;
  }
}
