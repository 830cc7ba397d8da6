package io.oriel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import io.oriel.model.limit.Refusal;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
  @ParameterizedTest
  @ValueSource(strings = {"((a{1,1000}){1,1000}){1,1000}", "(a{40}b){30}", "(?:a{2,}){501}"})
  void nested_repetitions_are_refused_as_go_does(String regex) {
    assertThatThrownBy(() -> Matcher.regex("job", regex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("error parsing regexp: invalid repeat count: `" + regex + "`");
  }

  @Test
  void what_grows_beyond_a_quarter_of_a_million_instructions_is_refused_before_it_is_compiled() {
    assertThatThrownBy(() -> Regex.whole("[a-z]{1000}".repeat(300)))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("expression too large");
    assertThatThrownBy(() -> Regex.whole("(?:" + "x".repeat(500) + "){501}"))
        .hasMessageContaining("expression too large");
  }

  @Test
  void a_million_brackets_are_refused() {
    assertThatThrownBy(() -> Regex.whole("(".repeat(1_000_000)))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("expression nests too deeply");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "a{1000}",
        "(?i)(?:x|y){10}z{100}",
        "[](){}]{900}",
        "[[:alpha:]{]{1,}",
        "\\Q{9}(((\\E+",
        "\\p{Greek}{10}\\x{41}{10}\\({5}",
        "{,5}",
        "a{b}",
        "(?P<host>.+):[0-9]{2,5}"
      })
  void ordinary_expressions_are_compiled(String regex) {
    assertThat(Regex.whole(regex).pattern()).contains(regex);
  }

  @Test
  void an_expression_too_deep_for_the_stack_is_a_refusal_and_not_a_defect() {
    String regex = IntStream.range(0, 100_000).mapToObj(_ -> "a?").collect(Collectors.joining());

    assertThatThrownBy(() -> Matcher.regex("job", regex).matches("b"))
        .isInstanceOf(Refusal.QueryFailed.class)
        .hasMessageContaining("too many alternatives");
  }
}
