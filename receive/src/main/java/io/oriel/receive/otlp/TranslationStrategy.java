package io.oriel.receive.otlp;

/** How names of OpenTelemetry become names of Prometheus; the words are Prometheus' own. */
public enum TranslationStrategy {
  UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
  NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
  UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
  NO_TRANSLATION("NoTranslation", false, false);

  private final String word;
  private final boolean escapes;
  private final boolean suffixes;

  TranslationStrategy(String word, boolean escapes, boolean suffixes) {
    this.word = word;
    this.escapes = escapes;
    this.suffixes = suffixes;
  }

  /** As a configuration writes it. */
  public String word() {
    return word;
  }

  /** Whether what is no letter, digit or underscore becomes an underscore. */
  boolean escapes() {
    return escapes;
  }

  /** Whether unit and type stand behind a metric's name. */
  boolean suffixes() {
    return suffixes;
  }
}
