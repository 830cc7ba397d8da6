package io.oriel.promql.script;

import io.oriel.promql.script.Sequence.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The start times of a series' samples as the test language writes them: relative to each sample.
 */
final class StartSequence {
  private static final Pattern GAPS = Pattern.compile("_(?:x([1-9]\\d*))?");
  private static final String DURATION = "(?:0|\\d+(?:ms|[smhdwy]))";
  private static final Pattern STARTS =
      Pattern.compile("([+-]?" + DURATION + ")(?:([+-]" + DURATION + ")?x(\\d+))?");

  private StartSequence() {}

  static List<Item> parse(String text) {
    var items = new ArrayList<Item>();
    for (String item : text.strip().split("\\s+", -1)) {
      Matcher gaps = GAPS.matcher(item);
      Matcher starts = STARTS.matcher(item);
      if (gaps.matches()) {
        int count = gaps.group(1) == null ? 1 : Sequence.count(gaps.group(1));
        for (int i = 0; i < count; i++) items.add(new Item.Gap());
      } else if (starts.matches()) {
        add(starts, items);
      } else {
        throw new IllegalArgumentException("no start time: " + item);
      }
    }
    return items;
  }

  private static void add(Matcher starts, List<Item> items) {
    long ms = signed(starts.group(1));
    long growth = starts.group(2) == null ? 0 : signed(starts.group(2));
    int more = starts.group(3) == null ? 0 : Sequence.count(starts.group(3));
    for (int i = 0; i <= more; i++) items.add(new Item.Start(ms + i * growth));
  }

  private static long signed(String duration) {
    boolean negative = duration.startsWith("-");
    boolean sign = negative || duration.startsWith("+");
    long ms = Sequence.duration(sign ? duration.substring(1) : duration);
    return negative ? -ms : ms;
  }
}
