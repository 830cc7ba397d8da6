package io.oriel.promql.script;

import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramSum;
import io.oriel.model.histogram.HistogramText;
import io.oriel.promql.parse.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of a series as the test language writes them. */
final class Sequence {
  /** One place in the sequence. */
  sealed interface Item {
    /** Nothing here. */
    record Gap() implements Item {}

    record Value(double value) implements Item {}

    /**
     * A native histogram.
     *
     * @param namesReset whether the hint of a counter reset is written, too
     */
    record Native(Histogram histogram, boolean namesReset) implements Item {}

    /** When the counter of a sample began, relative to the sample; only in {@code @st} lines. */
    record Start(long ms) implements Item {}
  }

  private static final Item GAP = new Item.Gap();
  private static final String NUMBER =
      "(?:(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?|(?i:inf|nan))";
  private static final Pattern REPEATED =
      Pattern.compile("([+-]?" + NUMBER + ")([+-]" + NUMBER + ")?x(\\d+)");
  private static final Pattern SINGLE = Pattern.compile("[+-]?" + NUMBER);
  private static final Pattern GAPS = Pattern.compile("_(?:x(\\d+))?");
  private static final Pattern HISTOGRAM =
      Pattern.compile("(\\{\\{.*?}})(?:([+-])(\\{\\{.*?}}))?(?:x(\\d+))?");
  private static final String RESET_KEY = "counter_reset_hint";
  private static final int MOST = 10_000_000; // items; a larger number is a slip of the pen

  private Sequence() {}

  static List<Item> parse(String text) {
    var items = new ArrayList<Item>();
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      int end = end(text, at);
      add(text.substring(at, end), items);
      at = end;
    }
    return items;
  }

  /** Items are parted by blanks; a histogram has blanks inside. */
  private static int end(String text, int from) {
    boolean inside = false;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("{{", i)) inside = true;
      if (text.startsWith("}}", i)) inside = false;
      if (!inside && Character.isWhitespace(text.charAt(i))) return i;
    }
    return text.length();
  }

  private static void add(String item, List<Item> items) {
    Matcher gaps = GAPS.matcher(item);
    Matcher repeated = REPEATED.matcher(item);
    Matcher histogram = HISTOGRAM.matcher(item);
    if (gaps.matches()) {
      int count = gaps.group(1) == null ? 1 : count(gaps.group(1));
      for (int i = 0; i < count; i++) items.add(GAP);
    } else if (item.equals("stale")) {
      items.add(new Item.Value(Stale.MARKER));
    } else if (SINGLE.matcher(item).matches()) {
      items.add(new Item.Value(number(item)));
    } else if (repeated.matches()) {
      double value = number(repeated.group(1));
      double step = repeated.group(2) == null ? 0 : number(repeated.group(2));
      for (int i = 0; i <= count(repeated.group(3)); i++) {
        items.add(new Item.Value(value));
        value += step;
      }
    } else if (histogram.matches()) {
      addNative(histogram, items);
    } else {
      throw new IllegalArgumentException("no sample: " + item);
    }
  }

  /** One histogram, or many of which each is the one before and another added or subtracted. */
  private static void addNative(Matcher item, List<Item> items) {
    int more = item.group(4) == null ? 0 : count(item.group(4));
    Histogram histogram = HistogramText.parse(item.group(1));
    String step = item.group(3);
    boolean namesReset = (step == null ? item.group(1) : step).contains(RESET_KEY);
    items.add(new Item.Native(histogram, namesReset));
    if (step == null) {
      for (int i = 0; i < more; i++) items.add(new Item.Native(histogram, namesReset));
      return;
    }
    Histogram each = HistogramText.parse(step);
    var sum = new HistogramSum();
    sum.add(histogram);
    for (int i = 0; i < more; i++) {
      boolean fits = item.group(2).equals("+") ? sum.add(each) : sum.subtract(each);
      if (!fits) throw new IllegalArgumentException("can't be added: " + item.group());
      items.add(new Item.Native(sum.result(), namesReset));
    }
  }

  static int count(String digits) {
    if (digits.length() > 8 || Integer.parseInt(digits) > MOST) {
      throw new IllegalArgumentException("too many samples: " + digits);
    }
    return Integer.parseInt(digits);
  }

  static double number(String text) {
    String plain = text.replace("_", "");
    double sign = plain.startsWith("-") ? -1 : 1;
    if (plain.startsWith("-") || plain.startsWith("+")) plain = plain.substring(1);
    if (plain.equalsIgnoreCase("inf")) return sign * Double.POSITIVE_INFINITY;
    if (plain.equalsIgnoreCase("nan")) return Double.NaN;
    return sign * Double.parseDouble(plain);
  }

  /** The milliseconds of a duration such as {@code 1h30m}, or of {@code 0}. */
  static long duration(String text) {
    Long ms = text.equals("0") ? Long.valueOf(0) : Parser.duration(text);
    if (ms == null || text.isEmpty()) throw new IllegalArgumentException("no duration: " + text);
    return ms;
  }
}
