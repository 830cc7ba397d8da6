package io.oriel.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MatcherPropertyTest {
  @Property(tries = 3000)
  void what_is_worked_out_beforehand_never_changes_the_answer(
      @ForAll("expressions") String regex, @ForAll("values") String value) {
    boolean expected = Pattern.compile("^(?s:" + regex + ")$").matcher(value).matches();

    Matcher matcher = Matcher.regex("a", regex);
    assertThat(matcher.matches(value)).isEqualTo(expected);
    assertThat(matcher.matches(value)).as("again").isEqualTo(expected);
    assertThat(new Matcher("a", Matcher.Op.NOT_REGEX, regex).matches(value)).isEqualTo(!expected);
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
            "a",
            "b",
            "|",
            ".",
            ".*",
            "a?",
            "(a|b)",
            "(?:ab)",
            "x+",
            "\\.",
            "a{2}",
            "[ab]",
            ".+",
            "(a|b.*)",
            "[|.*]",
            "[]a]",
            "[^]|]",
            "[[:alpha:]|]",
            "\\\\",
            "\\|",
            "^",
            "$",
            "\\b",
            "(?i:A)",
            "(?i)",
            "(?-s)",
            "\\Qa\\E",
            "x|",
            "(|b)")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("abxA.|\\]\n").ofMaxLength(6);
  }
}
