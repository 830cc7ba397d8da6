package io.oriel.server.http.oriel;

import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Call;

/** How many rows a caller wants: the parameter {@code limit}. */
final class RowLimit {
  private RowLimit() {}

  /**
   * As asked for.
   *
   * @param usual where nothing is said
   * @throws Refusal.BadRequest when it is no number from 1 to {@code most}
   */
  static int of(Call call, int usual, int most) {
    String asked = call.param("limit").orElse("" + usual);
    try {
      int rows = Integer.parseInt(asked);
      if (rows >= 1 && rows <= most) return rows;
    } catch (NumberFormatException _) {
      // said below
    }
    throw new Refusal.BadRequest(
        "limit is no number from 1 to " + most, "write one, for example limit=" + usual);
  }
}
