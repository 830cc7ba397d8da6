package io.oriel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MatcherTest {
  @Test
  void alternatives_of_plain_text_are_known_as_a_set() {
    assertThat(Matcher.regex("job", "a|b").literals()).isEqualTo(Set.of("a", "b"));
    assertThat(Matcher.regex("job", "(a|b)").literals()).isEqualTo(Set.of("a", "b"));
    assertThat(Matcher.regex("job", "a.|b").literals()).isNull();
  }

  @Test
  void a_prefix_ends_before_a_character_that_may_be_left_out() {
    assertThat(Matcher.regex("job", "node_.*").prefix()).isEqualTo("node_");
    assertThat(Matcher.regex("job", "ab*").prefix()).isEqualTo("a");
    assertThat(Matcher.regex("job", "a|bc").prefix()).isEmpty();
  }

  @Test
  void a_missing_label_counts_as_empty() {
    assertThat(Matcher.equal("job", "").matches(Labels.EMPTY)).isTrue();
    assertThat(Matcher.regex("job", ".*").matches(Labels.EMPTY)).isTrue();
    assertThat(Matcher.regex("job", ".+").matches(Labels.EMPTY)).isFalse();
  }

  @Test
  void an_expression_is_anchored_and_its_dot_matches_line_breaks() {
    assertThat(Matcher.regex("a", "b.c").matches("b\nc")).isTrue();
    assertThat(Matcher.regex("a", "b").matches("abc")).isFalse();
    assertThat(Matcher.regex("a", "b|").matches("")).isTrue();
  }

  @Test
  void a_wrong_expression_is_refused() {
    assertThatThrownBy(() -> Matcher.regex("a", "(")).isInstanceOf(IllegalArgumentException.class);
  }
}
