package io.oriel.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.simulate.History.Stretch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 1_700_000_040_000L; // a multiple of neither span

  private static List<Long> rounds(List<Piece> pieces) {
    var all = new ArrayList<Long>();
    for (Piece each : pieces) {
      for (long at = each.fromMs(); at < each.toMs(); at += each.stepMs()) all.add(at);
    }
    return all;
  }

  private static List<Long> rounds(Stretch stretch) {
    var all = new ArrayList<Long>();
    for (long at = stretch.fromMs(); at < stretch.toMs(); at += stretch.stepMs()) all.add(at);
    return all;
  }

  @Test
  void pieces_have_every_round_of_their_stretch_once_and_lie_in_one_span_each() {
    for (long step : new long[] {15_000, 120_000}) {
      var stretch = new Stretch(START, START + 200 * HOUR + 7_000, step);

      List<Piece> pieces = Piece.of(stretch, 0);

      assertThat(rounds(pieces)).isEqualTo(rounds(stretch));
      long span = step == 15_000 ? 6 * HOUR : 54 * HOUR;
      for (Piece each : pieces) {
        assertThat(each.rounds()).isPositive().isLessThanOrEqualTo(span / step);
        assertThat(Math.floorDiv(each.toMs() - 1, span)).isEqualTo(each.fromMs() / span);
      }
    }
  }

  @Test
  void what_is_older_than_the_store_keeps_is_left_out_and_the_rest_keeps_its_moments() {
    var stretch = new Stretch(START, START + 10 * HOUR, 120_000);
    long oldest = START + 5 * HOUR + 1;

    List<Long> all = new ArrayList<>(rounds(stretch));
    all.removeIf(at -> at < oldest);
    assertThat(rounds(Piece.of(stretch, oldest))).isEqualTo(all);
    assertThat(Piece.of(stretch, START + 11 * HOUR)).isEmpty();
    assertThat(Piece.of(new Stretch(START, START, 120_000), 0)).isEmpty();
  }
}
