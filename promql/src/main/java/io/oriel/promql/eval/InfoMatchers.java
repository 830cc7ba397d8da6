package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the second argument of {@code info()} asks for: which info series, which of their labels.
 */
final class InfoMatchers {
  private final List<Matcher> names = new ArrayList<>();
  private final List<Matcher> data = new ArrayList<>();
  private final Set<String> wanted = new HashSet<>();

  InfoMatchers(List<Matcher> chosen) {
    for (Matcher matcher : chosen) {
      if (matcher.name().equals(Labels.NAME)) {
        names.add(matcher);
      } else {
        data.add(matcher);
        wanted.add(matcher.name());
      }
    }
    if (names.isEmpty()) {
      names.add(Matcher.equal(Labels.NAME, "target_info"));
    } else if (names.stream().noneMatch(InfoMatchers::positive)) {
      names.add(new Matcher(Labels.NAME, Matcher.Op.REGEX, ".+_info"));
    }
  }

  private static boolean positive(Matcher matcher) {
    return matcher.op() == Matcher.Op.EQUAL || matcher.op() == Matcher.Op.REGEX;
  }

  /** Whether a series is an info series itself, and gets no labels of others. */
  boolean isInfo(Labels labels) {
    return names.stream().allMatch(matcher -> matcher.matches(labels));
  }

  /** What selects the info series. */
  List<Matcher> all() {
    var all = new ArrayList<>(names);
    all.addAll(data);
    return all;
  }

  /** Whether a label of an info series may be added. */
  boolean wants(String label) {
    return !label.equals(Labels.NAME) && (wanted.isEmpty() || wanted.contains(label));
  }

  /** Whether a series without info series stays. */
  boolean optional() {
    return data.stream().allMatch(Matcher::matchesEmpty);
  }
}
