package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.parse.Features;
import org.junit.jupiter.api.Test;

class ParsedQueriesTest {
  private final ParsedQueries queries = new ParsedQueries(Features.STABLE, Limits.NORMAL);

  @Test
  void a_text_that_was_asked_before_is_not_parsed_again() {
    assertThat(queries.parse("sum(a)")).isSameAs(queries.parse("sum(a)"));
    assertThat(queries.parse("sum(b)")).isNotEqualTo(queries.parse("sum(a)"));
  }

  @Test
  void what_is_refused_is_refused_again() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> queries.parse("sum(")).isInstanceOf(Refusal.BadQuery.class);
    }
    assertThat(queries.bytes()).isZero();
  }

  @Test
  void what_is_kept_is_bounded_and_what_is_used_stays() {
    var often = queries.parse("often");
    for (int i = 0; i < 20_000; i++) {
      queries.parse("a{i=\"" + i + "\"}");
      assertThat(queries.parse("often")).isSameAs(often);
    }
    assertThat(queries.bytes()).isBetween(1L << 20, 4L << 20);

    for (int i = 0; i < 100; i++) queries.parse("a{i=~\"" + i + ".+\"}");
    assertThat(queries.bytes()).isBetween(1L << 20, 4L << 20);
  }

  @Test
  void a_huge_text_is_not_kept() {
    queries.parse("a{i=\"" + "x".repeat(50_000) + "\"}");

    assertThat(queries.bytes()).isZero();
  }
}
