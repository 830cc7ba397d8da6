package io.oriel.collect.litellm;

import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The largest few of one dimension by name, and the rest together. Who is named once stays named
 * until midnight, and twice as many may be named by then: a series that came and went would look
 * like a jump. Who rises among them later in the day is told with all of its day, while {@code
 * other} does not fall.
 */
final class Largest {
  private static final String OTHER = "other";

  private final Dimension dimension;
  private final int top;
  private final Set<String> named = new LinkedHashSet<>();
  private final Map<String, Labels> labels = new HashMap<>();
  private Map<String, Sums> sums = Map.of();
  private Sums other = new Sums();
  private boolean hasOther;

  Largest(Dimension dimension, int top) {
    this.dimension = dimension;
    this.top = top;
  }

  /** A new UTC day: all begin at nothing. */
  void newDay() {
    named.clear();
    labels.clear();
    other = new Sums();
    hasOther = false;
  }

  /** Takes the newest sums of the day. */
  void learn(Map<String, Sums> newest) {
    sums = newest;
    newest.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Sums.LARGEST_FIRST))
        .limit(top)
        .forEach(each -> {
          if (named.size() < 2 * top) named.add(each.getKey());
        });
    var inNames = new Sums();
    var inAll = new Sums();
    newest.forEach((name, each) -> {
      inAll.add(each);
      if (named.contains(name)) inNames.add(each);
      else hasOther = true;
    });
    if (hasOther) other.riseTo(inAll, inNames);
  }

  void tell(Readings out) {
    for (String name : named) {
      Sums each = sums.get(name);
      if (each != null) tell(each, name, out);
    }
    if (hasOther) tell(other, OTHER, out);
  }

  private void tell(Sums told, String name, Readings out) {
    Labels of = labels.computeIfAbsent(name, n -> Labels.of(dimension.label(), n));
    for (Quantity each : Quantity.values()) {
      double value = told.of(each);
      if (!Double.isNaN(value)) out.tell(Spent.by(dimension, each), of, value);
    }
  }
}
