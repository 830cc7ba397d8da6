package io.oriel.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import org.junit.jupiter.api.Test;

class TrackTest {
  private static final long[] TIMES = {100, 200, 300, 400, 500, 600};

  private final Track track = new Track(Labels.of(Labels.NAME, "m"));

  private String samples() {
    var columns = new SampleColumns();
    track.fill(TIMES, TIMES.length, columns);
    var text = new StringBuilder();
    for (int i = 0; i < columns.size; i++) {
      String value = Stale.isMarker(columns.values[i]) ? "end" : "" + columns.values[i];
      text.append(columns.times[i]).append('=').append(value).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void a_value_that_stands_still_is_a_sample_in_every_round() {
    for (int round = 1; round < 6; round++) track.tell(round, round < 4 ? 7 : 8);

    assertThat(samples()).isEqualTo("200=7.0 300=7.0 400=7.0 500=8.0 600=8.0");
  }

  @Test
  void a_series_that_ended_is_not_there_until_it_comes_again() {
    track.tell(0, 7);
    track.tell(1, Stale.MARKER);
    track.tell(4, 7);
    track.tell(5, 7);

    assertThat(samples()).isEqualTo("100=7.0 200=end 500=7.0 600=7.0");
  }

  @Test
  void of_two_values_of_one_round_the_later_holds() {
    track.tell(0, 7);
    track.tell(1, Stale.MARKER);
    track.tell(1, 9);
    track.tell(2, 9);

    assertThat(samples()).isEqualTo("100=7.0 200=9.0 300=9.0 400=9.0 500=9.0 600=9.0");
  }

  @Test
  void what_is_told_anew_after_it_was_cleared_begins_there() {
    track.tell(0, 7);
    track.clear();
    track.tell(5, 7);

    assertThat(samples()).isEqualTo("600=7.0");
  }
}
