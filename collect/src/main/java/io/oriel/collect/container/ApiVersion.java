package io.oriel.collect.container;

import org.jspecify.annotations.Nullable;

/** A version of the Engine API, as it stands in paths: {@code 1.41}. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** The newest whose answers are known in here. */
  static final ApiVersion OWN = new ApiVersion(1, 56);

  /** From here on a single reading of a container's figures can be had at once. */
  static final ApiVersion ONE_SHOT = new ApiVersion(1, 41);

  /** Null for what is no version. */
  static @Nullable ApiVersion parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0) return null;
    try {
      return new ApiVersion(
          Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  boolean isAtLeast(ApiVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
