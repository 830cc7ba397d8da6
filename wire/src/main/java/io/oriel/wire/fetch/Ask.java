package io.oriel.wire.fetch;

import java.nio.charset.StandardCharsets;

/**
 * One question to a peer.
 *
 * @param target path and query as they go over the wire: {@code /api/ps}, {@code /x?limit=10}
 * @param json the body of a POST; empty for a GET
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record Ask(String target, byte[] json) {
  private static final byte[] NOTHING = {};

  /**
   * @throws IllegalArgumentException when the target is no path, or could begin another line
   */
  public Ask {
    boolean isPath = target.startsWith("/") && target.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!isPath) throw new IllegalArgumentException("no path of a request: " + target);
  }

  public static Ask get(String target) {
    return new Ask(target, NOTHING);
  }

  public static Ask post(String target, String json) {
    return new Ask(target, json.getBytes(StandardCharsets.UTF_8));
  }

  boolean isPost() {
    return json.length > 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ask that
        && target.equals(that.target)
        && java.util.Arrays.equals(json, that.json);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  @Override
  public String toString() {
    return (isPost() ? "POST " : "GET ") + target;
  }
}
