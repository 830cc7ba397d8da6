package io.oriel.collect.node;

import io.oriel.model.Labels;

/** Processes of one name and one user, taken together: what a person calls a program. */
final class ProcessGroup {
  final Labels labels;
  long cpuTicks; // since the round before
  long residentPages;
  boolean chosen;

  ProcessGroup(String process, String user) {
    this.labels = Labels.of("process", process, "user", user);
  }
}
