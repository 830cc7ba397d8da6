package io.oriel.model;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a regular expression without running it. Careful rather than clever: only
 * plain text with {@code |} between is taken apart, everything else is left to RE2.
 */
final class RegexLiterals {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";
  private static final int MAX_LITERALS = 4096;

  private RegexLiterals() {}

  /** The alternatives of {@code a|b|c}, null when the expression is anything more. */
  static @Nullable Set<String> set(String regex) {
    String body = unwrapped(regex);
    if (hasSpecial(body.replace('|', ' '))) return null; // before a list is made of a long text
    var literals = new HashSet<String>();
    for (String alternative : body.split("\\|", -1)) {
      if (literals.size() >= MAX_LITERALS) return null;
      literals.add(alternative);
    }
    return Set.copyOf(literals);
  }

  /** The plain text that the expression begins with, empty when there is none. */
  static String prefix(String regex) {
    if (topLevelAlternative(regex)) return "";
    int end = 0;
    while (end < regex.length() && SPECIAL.indexOf(regex.charAt(end)) < 0) end++;
    if (end == 0) return "";
    // a quantifier belongs to the character before it: ab* begins with a only
    boolean quantified = end < regex.length() && "*?{".indexOf(regex.charAt(end)) >= 0;
    int keep = quantified ? regex.offsetByCodePoints(end, -1) : end;
    return regex.substring(0, keep);
  }

  /** Whether a {@code |} stands outside all brackets; true also where that is hard to tell. */
  static boolean hasOuterAlternative(String regex) {
    int depth = 0;
    for (int at = 0; at < regex.length(); at++) {
      switch (regex.charAt(at)) {
        case '\\' -> at++;
        case '[' -> at = endOfClass(regex, at);
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth <= 0) return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** The bracket that ends {@code [...]}; one that stands first is a character. */
  private static int endOfClass(String regex, int begin) {
    int at = begin + (regex.startsWith("^", begin + 1) ? 2 : 1);
    if (regex.startsWith("]", at)) at++;
    while (at < regex.length() && regex.charAt(at) != ']') {
      at += regex.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean topLevelAlternative(String regex) {
    return regex.indexOf('|')
        >= 0; // inside a group it would be harmless; telling that is not worth it
  }

  /** {@code (a|b)} and {@code (?:a|b)} are {@code a|b} when the one bracket spans all. */
  private static String unwrapped(String regex) {
    if (!regex.startsWith("(") || !regex.endsWith(")")) return regex;
    String inner = regex.substring(regex.startsWith("(?:") ? 3 : 1, regex.length() - 1);
    return inner.indexOf('(') < 0 && inner.indexOf(')') < 0 && !inner.endsWith("\\")
        ? inner
        : regex;
  }

  private static boolean hasSpecial(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (SPECIAL.indexOf(text.charAt(i)) >= 0) return true;
    }
    return false;
  }
}
