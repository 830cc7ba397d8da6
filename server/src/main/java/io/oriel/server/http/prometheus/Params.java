package io.oriel.server.http.prometheus;

import io.oriel.model.Matcher;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Call;
import java.util.List;
import java.util.Optional;

/** Parameters that several calls share, with Prometheus' words for what is wrong with them. */
final class Params {
  private Params() {}

  /** The parameter {@code limit}; 0 means none. */
  static int limit(Call call) {
    return call.param("limit").map(Params::limit).orElse(0);
  }

  private static int limit(String text) {
    int limit;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException _) {
      String why = text.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
      throw ApiTime.wrong("limit", "strconv.Atoi: parsing \"%s\": %s".formatted(text, why));
    }
    if (limit < 0) throw ApiTime.wrong("limit", "limit must be non-negative");
    return limit;
  }

  /** One more than is shown, so that a cut list can say so. */
  static int oneMore(int limit) {
    return limit == 0 || limit == Integer.MAX_VALUE ? limit : limit + 1;
  }

  /** A whole number; empty where it is not asked for. */
  static Optional<Integer> number(Call call, String name) {
    try {
      return call.param(name).map(Integer::valueOf);
    } catch (NumberFormatException _) {
      throw new Refusal.BadQuery(name + " must be a number");
    }
  }

  /** The selectors of {@code match[]}, each of which asks for something. */
  static List<List<Matcher>> selections(Call call, Language language) {
    return call.params("match[]").stream().map(text -> selection(text, language)).toList();
  }

  private static List<Matcher> selection(String text, Language language) {
    List<Matcher> matchers = language.selector(text);
    if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
      throw new Refusal.BadQuery("match[] must contain at least one non-empty matcher");
    }
    return matchers;
  }
}
