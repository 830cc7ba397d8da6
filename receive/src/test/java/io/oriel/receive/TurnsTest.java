package io.oriel.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final int MIB = 1 << 20;

  @Test
  void what_does_not_fit_is_refused_by_the_name_of_the_limit() {
    var turns = new Turns(8, 4 * MIB, Duration.ZERO);

    try (Turns.Turn _ = turns.take(3 * MIB)) {
      assertThatThrownBy(() -> turns.take(2 * MIB))
          .isInstanceOf(Refusal.LimitReached.class)
          .hasMessageContaining("limits.request_bodies_bytes");
    }

    assertThat(turns.heldBytes()).isZero();
    turns.take(2 * MIB).close();
  }

  @Test
  void what_a_request_does_not_come_to_hold_is_there_for_others() {
    var turns = new Turns(8, 4 * MIB, Duration.ZERO);

    try (Turns.Turn first = turns.take(100 * MIB)) {
      first.holds(1);
      turns.take(3 * MIB).close();
    }

    assertThat(turns.heldBytes()).isZero();
  }

  @Test
  void more_at_once_than_there_are_turns_are_refused() {
    var turns = new Turns(1, 4 * MIB, Duration.ZERO);

    try (Turns.Turn _ = turns.take(1)) {
      assertThatThrownBy(() -> turns.take(1)).isInstanceOf(Refusal.LimitReached.class);
    }
  }

  @Test
  void small_requests_have_turns_and_room_where_large_ones_hold_all() {
    var turns = new Turns(1, 4 * MIB, Duration.ZERO);

    try (Turns.Turn _ = turns.take(4 * MIB)) {
      turns.take(1000).close();
      assertThatThrownBy(() -> turns.take(MIB)).isInstanceOf(Refusal.LimitReached.class);
    }

    assertThat(turns.heldBytes()).isZero();
  }

  @Test
  void one_whole_request_has_room_on_the_smallest_heap() {
    Limits limits = Limits.NORMAL.with(Limit.WRITE_BODY_BYTES, 1L << 30);
    Turns turns = Turns.of(1, limits);

    try (Turns.Turn _ = turns.take(1L << 30)) {
      assertThat(turns.heldBytes()).isGreaterThanOrEqualTo(1L << 30);
    }
  }
}
