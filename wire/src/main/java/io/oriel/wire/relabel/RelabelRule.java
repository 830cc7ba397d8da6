package io.oriel.wire.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.oriel.model.Regex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** One rule, ready to run. Immutable. */
final class RelabelRule {
  static final String DEFAULT_SEPARATOR = ";";
  static final String DEFAULT_REGEX = "(.*)";
  static final String DEFAULT_REPLACEMENT = "$1";

  private final RelabelSettings set;
  private final Pattern regex;
  private final Template target;
  private final Template replacement;

  /**
   * @throws com.google.re2j.PatternSyntaxException when the regular expression is not RE2
   */
  RelabelRule(RelabelSettings set) {
    this.set = set;
    this.regex = Regex.whole(set.regex());
    this.target = new Template(set.target(), regex);
    this.replacement = new Template(set.replacement(), regex);
  }

  /** Changes the labels; false when they are dropped. */
  boolean apply(SortedMap<String, String> labels) {
    return switch (set.action()) {
      case KEEP -> regex.matches(joined(labels));
      case DROP -> !regex.matches(joined(labels));
      case KEEPEQUAL -> labels.getOrDefault(set.target(), "").equals(joined(labels));
      case DROPEQUAL -> !labels.getOrDefault(set.target(), "").equals(joined(labels));
      case REPLACE -> replace(labels);
      case HASHMOD -> put(labels, set.target(), hash(joined(labels)));
      case LOWERCASE -> put(labels, set.target(), mapped(labels, Character::toLowerCase));
      case UPPERCASE -> put(labels, set.target(), mapped(labels, Character::toUpperCase));
      case LABELMAP -> map(labels);
      case LABELDROP -> removeIf(labels, regex::matches);
      case LABELKEEP -> removeIf(labels, name -> !regex.matches(name));
    };
  }

  private static boolean removeIf(SortedMap<String, String> labels, Predicate<String> name) {
    labels.keySet().removeIf(name);
    return true;
  }

  private String joined(SortedMap<String, String> labels) {
    var values = new ArrayList<String>(set.sources().size());
    for (String source : set.sources()) values.add(labels.getOrDefault(source, ""));
    return String.join(set.separator(), values);
  }

  private String mapped(SortedMap<String, String> labels, IntUnaryOperator letter) {
    int[] letters = joined(labels).codePoints().map(letter).toArray(); // ß stays ß
    return new String(letters, 0, letters.length);
  }

  /** Sets a label; an empty value takes it away. */
  private static boolean put(SortedMap<String, String> labels, String name, String value) {
    if (value.isEmpty()) labels.remove(name);
    else labels.put(name, value);
    return true;
  }

  private boolean replace(SortedMap<String, String> labels) {
    Matcher match = regex.matcher(joined(labels));
    if (!match.matches()) return true;
    String name = target.expand(match);
    return !set.scheme().allows(name) || put(labels, name, replacement.expand(match));
  }

  private boolean map(SortedMap<String, String> labels) {
    for (var label : List.copyOf(labels.entrySet())) {
      Matcher match = regex.matcher(label.getKey());
      if (!match.matches()) continue;
      String name = replacement.expand(match);
      if (!name.isEmpty()) put(labels, name, label.getValue());
    }
    return true;
  }

  /** The last eight bytes of the MD5, as one number without sign, modulo. */
  private String hash(String value) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      long number = ByteBuffer.wrap(md5).getLong(8);
      return Long.toUnsignedString(Long.remainderUnsigned(number, set.modulus()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RelabelRule rule && set.equals(rule.set);
  }

  @Override
  public int hashCode() {
    return set.hashCode();
  }

  /** The rule in a few words, for "dropped by": {@code keep job =~ "node"}. */
  @Override
  public String toString() {
    String action = set.action().name().toLowerCase(java.util.Locale.ROOT);
    String sources = String.join(set.separator(), set.sources());
    return switch (set.action()) {
      case KEEP, DROP -> "%s %s =~ \"%s\"".formatted(action, sources, set.regex());
      case KEEPEQUAL, DROPEQUAL -> "%s %s = %s".formatted(action, sources, set.target());
      default -> action;
    };
  }
}
