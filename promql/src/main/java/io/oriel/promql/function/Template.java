package io.oriel.promql.function;

import com.google.re2j.Matcher;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;

/**
 * Replacement texts with {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}} and {@code $$}.
 */
final class Template {
  private Template() {}

  /**
   * Fills in what the groups have caught.
   *
   * @throws io.oriel.model.limit.Refusal.LimitReached as soon as it is longer than a label value
   *     may be: in a few calls one within the other it would fill any memory
   */
  static String expand(String template, Matcher match, Limits limits) {
    if (template.indexOf('$') < 0) return template;
    var out = new StringBuilder();
    for (int i = 0; i < template.length(); ) {
      limits.check(Limit.LABEL_VALUE_BYTES, out.length(), "a label value made by label_replace()");
      char c = template.charAt(i++);
      if (c != '$' || i == template.length()) {
        out.append(c);
        continue;
      }
      if (template.charAt(i) == '$') {
        out.append('$');
        i++;
        continue;
      }
      boolean braces = template.charAt(i) == '{';
      int from = braces ? i + 1 : i;
      int to = from;
      while (to < template.length() && isWord(template.charAt(to))) to++;
      boolean closed = !braces || (to < template.length() && template.charAt(to) == '}');
      if (to == from || !closed) {
        out.append('$'); // no name: the sign stands for itself
        continue;
      }
      out.append(group(template.substring(from, to), match));
      i = braces ? to + 1 : to;
    }
    return out.toString();
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /** What a group has caught; nothing where there is no such group. */
  private static String group(String name, Matcher match) {
    String caught = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      if (number <= match.groupCount()) caught = match.group(number);
    } else if (match.pattern().namedGroups().containsKey(name)) {
      caught = match.group(name);
    }
    return caught == null ? "" : caught;
  }
}
