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
  void texts_with_anything_around_them_are_searched_for() {
    Matcher models = Matcher.regex("image", ".*(vllm|litellm).*");

    assertThat(models.matches("registry/litellm:v1")).isTrue();
    assertThat(models.matches("two lines\nvllm")).isTrue();
    assertThat(models.matches("llm")).isFalse();
    assertThat(Matcher.regex("a", ".*x").matches("x2")).isFalse();
    assertThat(Matcher.regex("a", ".*x|y.*").matches("ay")).isFalse();
  }

  @Test
  void an_expression_that_takes_any_end_is_asked_of_the_beginning() {
    Matcher docker = Matcher.regex("id", "/system.slice/docker-[0-7].*");

    assertThat(docker.matches("/system.slice/docker-7\n.scope")).isTrue();
    assertThat(docker.matches("/system.slice/docker-8")).isFalse();
    assertThat(Matcher.regex("id", "a[0-7]|b.*").matches("a7x")).isFalse();
    assertThat(Matcher.regex("id", "a[0-7]\\.*").matches("a7x")).isFalse();
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
