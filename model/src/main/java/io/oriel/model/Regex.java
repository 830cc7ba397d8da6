package io.oriel.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a compiled regular expression of a caller: looks how large it becomes before it is
 * compiled. RE2/J writes repetitions out, so that 40 characters can ask for gigabytes. The first
 * two bounds and the words are those of Go's {@code regexp/syntax}.
 */
public final class Regex {
  private static final int MOST_DEPTH = 500; // Go: 1000; ours must fit a virtual thread's stack
  private static final int MOST_REPEATS = 1000; // nested ones multiply
  private static final int MOST_INSTRUCTIONS = 250_000; // about 16 MB
  private static final long MOST_RUNS = 16_000_000; // squares: 4,000 characters, 10,000 times 40
  private static final int SMALL_CLASS = 40; // a kilobyte and more, however few it has
  private static final int NAMED_CLASS = 300; // ranges of \\p{L}, and of others about as many

  private final String text;
  private final long[] sizes = new long[MOST_DEPTH + 1]; // instructions so far, by open group
  private final long[] repeats = new long[MOST_DEPTH + 1]; // most nested repetitions so far
  private long parts; // what reading it costs, repetitions not written out
  private long run; // plain characters side by side: RE2/J copies them for each that is added
  private long runs; // squares of the lengths of all runs
  private int depth;
  private long lastSize; // of the atom that a repetition would repeat
  private long lastRepeats = 1;

  private Regex(String text) {
    this.text = text;
    repeats[0] = 1;
  }

  /**
   * Compiles an expression that has to match a whole text, {@code .} also its line breaks.
   *
   * @throws PatternSyntaxException when it is not RE2, or too large
   */
  public static Pattern whole(String regex) {
    check(regex);
    return Pattern.compile("^(?s:" + regex + ")$");
  }

  /**
   * Compiles what an expression asks of a text's beginning, where it takes any end: {@code x.*}
   * asks for x. To be asked by {@code lookingAt}, which then need not read the rest of the text.
   *
   * @param regex that {@link #whole} has compiled
   * @return null where the expression cares for the end
   */
  static @Nullable Pattern beginning(String regex) {
    if (!regex.endsWith(".*")) return null;
    String rest = regex.substring(0, regex.length() - 2);
    boolean isPlain = !rest.contains("\\Q") && !rest.replace("(?:", "(").contains("(?");
    if (!isPlain || endsInEscape(rest) || RegexLiterals.hasOuterAlternative(rest)) return null;
    try {
      return Pattern.compile("^(?s:" + rest + ")");
    } catch (PatternSyntaxException _) {
      return null;
    }
  }

  /** Whether the next character would be escaped. */
  private static boolean endsInEscape(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\\') end--;
    return (text.length() - end) % 2 == 1;
  }

  /**
   * Looks at an expression without keeping it.
   *
   * @return what it costs to compile, in instructions and characters of classes; each takes some
   *     hundred bytes on the way
   * @throws PatternSyntaxException when it is too large
   */
  public static long check(String regex) {
    if (isLiterals(regex)) return regex.length(); // never compiled
    var sizes = new Regex(regex);
    for (int at = 0; at < regex.length(); ) at = sizes.next(at);
    return sizes.sizes[0] + sizes.parts;
  }

  /** Whether an expression is nothing but some thousand texts: it need not be compiled. */
  public static boolean isLiterals(String regex) {
    return RegexLiterals.set(regex) != null;
  }

  /** Takes in what begins at a place; the answer is the place behind it. */
  private int next(int at) {
    return switch (text.charAt(at)) {
      case '\\' -> escape(at + 1);
      case '[' -> characters(at + 1);
      case '(' -> open(at + 1);
      case ')' -> close(at + 1);
      case '*', '+', '?', '|' -> atom(1, lastRepeats, at + 1);
      case '{' -> repeat(at + 1);
      default -> plain(at + 1);
    };
  }

  /** One more plain character. */
  private int plain(int next) {
    runs += 2 * run++ + 1;
    if (runs > MOST_RUNS) throw refused("expression too large");
    long before = run;
    atom(1, 1, next);
    run = before;
    return next;
  }

  private int atom(long size, long nested, int next) {
    run = 0;
    lastSize = size;
    lastRepeats = nested;
    sizes[depth] += size;
    repeats[depth] = Math.max(repeats[depth], nested);
    if (sizes[depth] > MOST_INSTRUCTIONS) throw refused("expression too large");
    return next;
  }

  private int escape(int at) {
    if (text.startsWith("Q", at)) {
      int end = text.indexOf("\\E", at);
      if (end < 0) end = text.length();
      for (int i = at + 1; i < end; i++) plain(i);
      return Math.min(text.length(), end + 2);
    }
    boolean named = at + 1 < text.length() && "pPx".indexOf(text.charAt(at)) >= 0;
    int end = named && text.charAt(at + 1) == '{' ? text.indexOf('}', at) : at;
    int next = (end < 0 ? text.length() : end) + 1;
    if (!named) return plain(next);
    part(NAMED_CLASS);
    return atom(1, 1, next);
  }

  private int characters(int at) {
    int i = text.startsWith("^", at) ? at + 1 : at;
    if (text.startsWith("]", i)) i++; // a bracket that stands first is a character
    while (i < text.length() && text.charAt(i) != ']') {
      int named = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
      if (named >= 0) i = named + 2;
      else i += text.charAt(i) == '\\' ? 2 : 1;
    }
    part(i - at + SMALL_CLASS);
    return atom(1, 1, i + 1);
  }

  private void part(long cost) {
    parts += cost;
    if (parts > MOST_INSTRUCTIONS) throw refused("expression too large");
  }

  private int open(int at) {
    if (++depth > MOST_DEPTH) throw refused("expression nests too deeply");
    sizes[depth] = 0;
    repeats[depth] = 1;
    return text.startsWith("?", at) ? at + 1 : at; // of (?: or (?i), no repetition
  }

  private int close(int next) {
    if (depth == 0) return next; // the compiler says what is wrong
    depth--;
    return atom(sizes[depth + 1] + 2, repeats[depth + 1], next);
  }

  /** {@code {2}}, {@code {2,}} or {@code {2,5}}; anything else is plain text. */
  private int repeat(int at) {
    int end = text.indexOf('}', at);
    if (end < 0 || end - at > 9) return atom(1, 1, at);
    String[] bounds = text.substring(at, end).split(",", 2);
    String most = bounds.length == 1 || bounds[1].isEmpty() ? bounds[0] : bounds[1];
    if (!bounds[0].matches("[0-9]{1,4}") || !most.matches("[0-9]{1,4}")) return atom(1, 1, at);
    long times = Math.max(1, Integer.parseInt(most));
    if (times * lastRepeats > MOST_REPEATS) throw refused("invalid repeat count");
    return repeated(times, end + 1);
  }

  private int repeated(long times, int next) {
    long before = lastSize;
    atom(before * (times - 1), times * lastRepeats, next);
    lastSize = before * times;
    return next;
  }

  private PatternSyntaxException refused(String why) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
    return new PatternSyntaxException(why, shown);
  }
}
