package io.oriel.wire.yaml;

import io.oriel.model.limit.Refusal;
import java.util.List;
import java.util.TreeSet;

/** Collects what is wrong while reading goes on; sorted by place, the same thing once. */
public final class Problems {
  private final TreeSet<Problem> found = new TreeSet<>();

  /**
   * Adds one.
   *
   * @param happened what is wrong, without full stop: "storage.retention is 1h, shorter than..."
   * @param remedy what to do: "write 2h or more, for example 30d"
   */
  public void add(Place at, String happened, String remedy) {
    found.add(new Problem(at, happened, remedy));
  }

  public void addAll(Problems others) {
    found.addAll(others.found);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of their places. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /** Refuses with a line a problem, when there is any. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new Refusal.CannotStart(found.stream().map(Problem::toString).toList());
    }
  }

  @Override
  public String toString() {
    return String.join("\n", found.stream().map(Problem::toString).toList());
  }
}
