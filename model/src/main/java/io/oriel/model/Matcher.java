package io.oriel.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.oriel.model.limit.Refusal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label: {@code name op "value"}. A missing label counts as an empty value.
 *
 * <p>Regular expressions are RE2 (linear time), anchored at both ends, and {@code .} matches line
 * breaks, as in Prometheus 3. What a regex can only be (a set of literals, a prefix) is worked out
 * once, so that an index asks for those instead of trying every value.
 */
public final class Matcher {
  /** The four comparisons, with their sign in PromQL. */
  public enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  private static final int MOST_TRIED = 1024; // values whose verdict is remembered

  private final String name;
  private final Op op;
  private final String value;
  private final @Nullable Set<String> literals;
  private final String prefix;
  private final @Nullable Pattern pattern;
  private final @Nullable TextSearch search; // what the pattern amounts to, where it is so simple
  private final @Nullable Pattern beginning; // the pattern less a .* at its end: reads less text
  private final Map<String, Boolean> tried = new ConcurrentHashMap<>(); // blocks share values

  /**
   * @throws IllegalArgumentException when the regular expression is not valid RE2; the message is
   *     RE2's
   */
  public Matcher(String name, Op op, String value) {
    this.name = name;
    this.op = op;
    this.value = value;
    if (op == Op.EQUAL || op == Op.NOT_EQUAL) {
      this.literals = Set.of(value);
      this.prefix = value;
      this.pattern = null;
      this.search = null;
      this.beginning = null;
      return;
    }
    this.literals = RegexLiterals.set(value);
    try {
      this.pattern = literals == null ? Regex.whole(value) : null;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    this.prefix = RegexLiterals.prefix(value);
    this.search = pattern == null ? null : TextSearch.of(value);
    this.beginning = pattern == null || search != null ? null : Regex.beginning(value);
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(name, Op.EQUAL, value);
  }

  public static Matcher regex(String name, String regex) {
    return new Matcher(name, Op.REGEX, regex);
  }

  public String name() {
    return name;
  }

  public Op op() {
    return op;
  }

  public String value() {
    return value;
  }

  /** Whether the condition holds for a value; the empty one stands for a missing label. */
  public boolean matches(String candidate) {
    return positive(candidate) == !negative();
  }

  public boolean matches(Labels labels) {
    return matches(labels.valueOf(name));
  }

  public boolean matchesEmpty() {
    return matches("");
  }

  /** Whether the sign is {@code !=} or {@code !~}. */
  public boolean negative() {
    return op == Op.NOT_EQUAL || op == Op.NOT_REGEX;
  }

  /**
   * The only values that the expression (before negation) can match, null where that is not a small
   * known set: {@code =~"a|b"} gives a and b.
   */
  public @Nullable Set<String> literals() {
    return literals;
  }

  /** What every value that the expression (before negation) matches begins with; may be empty. */
  public String prefix() {
    return prefix;
  }

  private boolean positive(String candidate) {
    if (literals != null) return literals.contains(candidate);
    if (!candidate.startsWith(prefix)) return false;
    if (search != null) return search.matches(candidate);
    Boolean known = tried.get(candidate);
    if (known != null) return known;
    boolean matches = run(candidate);
    if (tried.size() < MOST_TRIED) tried.put(candidate, matches);
    return matches;
  }

  private boolean run(String candidate) {
    assert pattern != null;
    try {
      if (beginning != null) return beginning.matcher(candidate).lookingAt();
      return pattern.matcher(candidate).matches();
    } catch (StackOverflowError e) { // RE2/J follows alternatives by recursion
      throw new Refusal.QueryFailed(
          "the regular expression for the label %s has too many alternatives".formatted(name));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matcher m && name.equals(m.name) && op == m.op && value.equals(m.value);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + op.hashCode()) + value.hashCode();
  }

  /** As PromQL writes it: {@code job=~"a|b"}. */
  @Override
  public String toString() {
    String label = LabelText.isPlainName(name, false) ? name : LabelText.quoted(name);
    return label + op.sign() + LabelText.quoted(value);
  }
}
