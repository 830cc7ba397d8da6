package io.oriel.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors that stand alone, as {@code match[]} has them. */
class SelectorTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up             | [__name__="up"]
          {a=~"b.*"}     | [a=~"b.*"]
          {}             | []
          sum            | [__name__="sum"]
          by{a!="b"}     | [a!="b", __name__="by"]
          {"my.metric"}  | [__name__="my.metric"]
          """)
  void a_selector_is_a_name_or_matchers_or_both(String text, String matchers) {
    assertThat(Parser.selector(text, Limits.NORMAL).toString()).isEqualTo(matchers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''          | unknown position: parse error: unexpected end of input
          up[5m]      | 1:3: parse error: unexpected "["
          sum(up)     | 1:4: parse error: unexpected "("
          up offset 1m | 1:4: parse error: unexpected <offset>
          (up)        | 1:1: parse error: unexpected "("
          a + b       | 1:3: parse error: unexpected <op:+>
          on          | 1:1: parse error: unexpected <on>
          {a="b"      | 1:7: parse error: unexpected end of input inside braces
          """)
  void what_is_around_or_behind_it_is_refused(String text, String words) {
    assertThatThrownBy(() -> Parser.selector(text, Limits.NORMAL))
        .isInstanceOf(Refusal.BadQuery.class)
        .hasMessage(words);
  }
}
