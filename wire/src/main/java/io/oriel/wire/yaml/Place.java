package io.oriel.wire.yaml;

import java.util.Comparator;

/**
 * Where something stands in a file; line and column count from 1, a line of 0 means the whole file.
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  /** The file as a whole, where no line is to blame. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** As editors and terminals understand it: {@code oriel.yaml:14:14}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
