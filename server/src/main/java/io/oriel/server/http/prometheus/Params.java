package io.oriel.server.http.prometheus;

import io.oriel.server.http.Call;

/** Parameters that several calls share. */
final class Params {
  private Params() {}

  /** The parameter {@code limit}; 0 means none. */
  static int limit(Call call) {
    return call.param("limit").map(text -> number("limit", text)).orElse(0);
  }

  private static int number(String name, String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw ApiTime.wrong(name, "cannot parse \"" + text + "\" to a whole number");
    }
    if (number < 0) throw ApiTime.wrong(name, name + " must be non-negative");
    return number;
  }
}
