package io.oriel.collect.node;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mounts that are told, read anew only when the kernel's list has changed. */
final class Mounts {
  // node_exporter's defaults
  private static final Pattern POINTS_LEFT_OUT =
      Pattern.compile(
          "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)");
  private static final Pattern TYPES_LEFT_OUT =
      Pattern.compile(
          "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs"
              + "|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs"
              + "|squashfs|erofs|sysfs|tracefs)$");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private final KernelFiles files;
  private final Roots roots;
  private final NativePath ofInit;
  private final NativePath ofSelf;
  private byte[] before = {};
  private List<Mount> mounts = List.of();

  Mounts(KernelFiles files, Roots roots) {
    this.files = files;
    this.roots = roots;
    this.ofInit = NativePath.of(roots.proc("1/mountinfo")); // the host's, seen from a container
    this.ofSelf = NativePath.of(roots.proc("self/mountinfo"));
  }

  /** The same list until something is mounted or unmounted. */
  List<Mount> read() throws Unreadable {
    Text text = files.tryRead(ofInit);
    if (text == null) text = files.tryRead(ofSelf);
    if (text == null) throw Unreadable.of(roots.proc("self/mountinfo"), files.lastErrno());
    if (text.contentEquals(before)) return mounts;
    before = text.contentBytes();
    var found = new ArrayList<Mount>();
    while (text.line()) {
      text.rest();
      add(text.wordString(), found);
    }
    mounts = List.copyOf(found);
    return mounts;
  }

  /** {@code 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw}; see proc(5). */
  private void add(String line, List<Mount> found) {
    int dash = line.indexOf(" - ");
    if (dash < 0) return;
    String[] front = line.substring(0, dash).split(" ", -1);
    String[] back = line.substring(dash + 3).split(" ", -1);
    if (front.length < 6 || back.length < 3) return;
    String point = underRoot(unescaped(front[4]));
    String type = back[0];
    if (TYPES_LEFT_OUT.matcher(type).find() || POINTS_LEFT_OUT.matcher(point).find()) return;
    boolean readOnly = isReadOnly(front[5]) || isReadOnly(back[2]);
    String path = roots.root(point);
    found.add(new Mount(unescaped(back[1]), type, point, path, front[2], readOnly));
  }

  /** In a container the host's mounts begin with where its root is seen; that part goes. */
  private String underRoot(String point) {
    String root = roots.root().toString();
    if (root.equals("/") || !point.startsWith(root)) return point;
    String rest = point.substring(root.length());
    return rest.isEmpty() ? "/" : rest;
  }

  private static boolean isReadOnly(String options) {
    for (String option : options.split(",", -1)) {
      if (option.equals("ro") || option.equals("emergency_ro")) return true;
    }
    return false;
  }

  /** Spaces and the like are written as three octal digits. */
  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) return text;
    return ESCAPE
        .matcher(text)
        .replaceAll(octal -> {
          char c = (char) Integer.parseInt(octal.group(1), 8);
          return Matcher.quoteReplacement("" + c);
        });
  }
}
