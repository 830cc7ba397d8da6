package io.oriel.wire.yaml;

/** One thing that is wrong (or to be known) in a file: where, what happened, what to do. */
public record Problem(Place at, String happened, String remedy) implements Comparable<Problem> {
  public Problem {
    if (happened.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("a problem says what happened and what to do");
    }
  }

  @Override
  public int compareTo(Problem other) {
    int order = at.compareTo(other.at);
    return order != 0 ? order : happened.compareTo(other.happened);
  }

  /** One line: {@code oriel.yaml:14:14: storage.retention is 1h; write 2h or more}. */
  @Override
  public String toString() {
    return at + ": " + happened + "; " + remedy;
  }
}
