package io.oriel.wire.relabel;

import com.google.re2j.Pattern;

/** Which label names a rule may make: {@code metric_name_validation_scheme}. */
public enum NameScheme {
  /** Any text that is not empty: the default of Prometheus 3. */
  UTF8,
  /** Letters, digits and underscore. */
  LEGACY;

  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern PLAIN_WITH_GROUPS =
      Pattern.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+");

  boolean allows(String name) {
    return this == UTF8 ? !name.isEmpty() : PLAIN.matches(name);
  }

  /** Whether a name may be made from a text with {@code $1} in it. */
  boolean allowsTemplate(String template) {
    return this == UTF8 ? !template.isEmpty() : PLAIN_WITH_GROUPS.matches(template);
  }
}
