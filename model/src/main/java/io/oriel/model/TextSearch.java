package io.oriel.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that only asks for texts with {@code .*} before or behind them, as most that
 * people write: {@code .*(vllm|litellm).*} is a search, which RE2 needs a hundred times as long
 * for.
 */
record TextSearch(Set<String> texts, boolean anyBefore, boolean anyBehind) {
  private static final String ANY = ".*";

  /** The search that an anchored expression amounts to, null when it is anything more. */
  static @Nullable TextSearch of(String regex) {
    boolean before = regex.startsWith(ANY);
    String rest = before ? regex.substring(ANY.length()) : regex;
    boolean behind = rest.endsWith(ANY);
    String core = behind ? rest.substring(0, rest.length() - ANY.length()) : rest;
    if (core.indexOf('|') >= 0 && !core.startsWith("(")) return null; // .*a|b.* is .*a or b.*
    Set<String> texts = RegexLiterals.set(core);
    return texts == null ? null : new TextSearch(texts, before, behind);
  }

  boolean matches(String candidate) {
    for (String text : texts) {
      if (matches(candidate, text)) return true;
    }
    return false;
  }

  private boolean matches(String candidate, String text) {
    if (anyBefore && anyBehind) return candidate.contains(text);
    if (anyBefore) return candidate.endsWith(text);
    return anyBehind ? candidate.startsWith(text) : candidate.equals(text);
  }
}
