package io.oriel.metrics.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.read.KeptAnswers.Found;
import io.oriel.model.Labels;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final long BOUND = 100_000;
  private static final Object BLOCK = "block 1";

  private final KeptAnswers kept = new KeptAnswers(BOUND);
  private int asked;

  private Supplier<Found> found(int id) {
    return () -> {
      asked++;
      return new Found(new int[] {id}, new Labels[] {Labels.of("i", "" + id)});
    };
  }

  private Supplier<List<String>> texts(String... texts) {
    return () -> {
      asked++;
      return List.of(texts);
    };
  }

  @Test
  void a_block_is_asked_a_question_once() {
    Found first = kept.series(BLOCK, "a", found(1));

    assertThat(kept.series(BLOCK, "a", found(2))).isSameAs(first);
    assertThat(asked).isOne();
  }

  @Test
  void blocks_selectors_and_kinds_of_question_are_told_apart() {
    kept.series(BLOCK, "a", found(1));

    assertThat(kept.series("block 2", "a", found(2)).ids()).containsExactly(2);
    assertThat(kept.series(BLOCK, "b", found(3)).ids()).containsExactly(3);
    assertThat(kept.texts(BLOCK, "names", "a", texts("x"))).containsExactly("x");
    assertThat(kept.texts(BLOCK, "values of x", "a", texts("y"))).containsExactly("y");
    assertThat(kept.texts(BLOCK, "names", "a", texts("z"))).containsExactly("x");
  }

  @Test
  void what_was_used_longest_ago_goes_when_the_bound_is_reached() {
    kept.series(BLOCK, "often", found(0));
    for (int i = 0; i < 10_000; i++) {
      kept.series(BLOCK, "once " + i, found(i));
      kept.series(BLOCK, "often", found(-1));
      assertThat(kept.bytes()).isBetween(1L, BOUND);
    }

    assertThat(kept.series(BLOCK, "often", found(-1)).ids()).containsExactly(0);
    assertThat(kept.series(BLOCK, "once 1", found(-1)).ids()).containsExactly(-1);
  }

  @Test
  void an_answer_that_would_push_out_most_others_is_not_kept() {
    kept.texts(BLOCK, "names", "", texts("x".repeat((int) BOUND / 2)));

    assertThat(kept.bytes()).isZero();
  }

  @Test
  void what_nobody_asks_for_some_minutes_is_let_go() {
    kept.series(BLOCK, "used", found(1));
    kept.series(BLOCK, "unused", found(2));

    for (int round = 0; round < 100; round++) {
      kept.forgetUnused();
      kept.series(BLOCK, "used", found(-1));
    }

    assertThat(kept.series(BLOCK, "used", found(-1)).ids()).containsExactly(1);
    assertThat(kept.series(BLOCK, "unused", found(3)).ids()).containsExactly(3);
    for (int round = 0; round < 100; round++) kept.forgetUnused();
    assertThat(kept.bytes()).isZero();
  }
}
