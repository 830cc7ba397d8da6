package io.oriel.collect.discover;

import java.util.List;

/**
 * What a list names now.
 *
 * @param fault why it, or a part of it, could not be read, and behind a semicolon what to do; empty
 *     where all is well
 */
record Listed(List<FoundSystem> systems, String fault) {
  Listed {
    systems = List.copyOf(systems);
  }

  /** What was known before stays, because of a fault. */
  static Listed kept(List<FoundSystem> systems, String fault) {
    if (fault.isEmpty()) return new Listed(systems, "");
    int count = systems.size();
    String before =
        count == 0
            ? "it names no system yet, since "
            : count == 1
                ? "the system that it named before is still read, since "
                : "the %d systems that it named before are still read, since ".formatted(count);
    return new Listed(systems, before + fault);
  }
}
