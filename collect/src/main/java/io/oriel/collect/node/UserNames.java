package io.oriel.collect.node;

import java.util.HashMap;
import java.util.Map;

/** Names of users by number, from /etc/passwd; others (of a directory service) stay numbers. */
final class UserNames {
  private final KernelFiles files;
  private final String passwd;
  private final Map<Integer, String> names = new HashMap<>();

  UserNames(KernelFiles files, Roots roots) {
    this.files = files;
    this.passwd = roots.root("/etc/passwd");
  }

  String of(int uid) {
    if (uid < 0) return "unknown"; // it ended before it could be asked
    String known = names.get(uid);
    if (known != null) return known;
    load();
    return names.computeIfAbsent(uid, number -> "" + number);
  }

  private void load() {
    Text text = files.tryRead(passwd);
    while (text != null && text.line()) {
      if (!text.upTo(':')) continue;
      String name = text.wordString();
      text.upTo(':'); // the password is elsewhere
      if (!text.upTo(':') || !text.isNumber()) continue;
      names.putIfAbsent((int) text.wordNumber(), name);
    }
  }
}
