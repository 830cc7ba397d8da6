package io.oriel.receive.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import io.oriel.wire.remotewrite.WriteEncoder;
import io.oriel.wire.remotewrite.WriteVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RemoteWriteTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");
  private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();

  private final ListSink sink = new ListSink();
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final RemoteWrite remoteWrite = RemoteWrite.start(sink, Limits.NORMAL, clock);

  @AfterEach
  void everything_is_given_back() {
    remoteWrite.close();
    assertThat(sink.openWriters).isZero();
    assertThat(sink.held()).isZero();
  }

  private Taken push(Labels labels, long timeMs) {
    var samples = new SampleColumns();
    samples.add(timeMs, 1);
    return remoteWrite.take(new WriteEncoder().series(labels, samples).body(), WriteVersion.V1);
  }

  @Test
  void labels_that_come_again_are_not_read_again() {
    for (int i = 0; i < 5; i++) assertThat(push(UP, i).isWhole()).isTrue();

    assertThat(sink.kept).hasSize(5).last().isEqualTo("up{job=\"a\"} 4 1.0");
    assertThat(sink.asked).containsOnlyKeys(UP).containsValue(1);
    assertThat(remoteWrite.knownSeries()).isOne();
  }

  @Test
  @Timeout(30)
  void a_series_that_nobody_sends_any_more_is_forgotten_and_comes_back_as_new() throws Exception {
    push(UP, 0);
    for (int round = 1; round <= 3 || remoteWrite.knownSeries() > 1; round++) {
      push(UP.with("job", "b"), round);
      clock.awaitSleepers(1);
      clock.advance(FIVE_MINUTES);
    }

    assertThat(remoteWrite.knownSeries()).isOne();
    assertThat(sink.held()).isOne();
    push(UP, 9);
    assertThat(sink.asked).containsEntry(UP, 2).containsEntry(UP.with("job", "b"), 1);
  }

  @Test
  @Timeout(30)
  void a_series_of_which_nothing_is_ever_kept_is_let_go_of_though_it_is_sent_on() throws Exception {
    sink.unkept.add(UP);
    push(UP, 0);
    push(UP.with("job", "b"), 0);
    assertThat(sink.held()).isEqualTo(2);

    push(UP, 1);
    clock.awaitSleepers(1);
    clock.advance(FIVE_MINUTES);
    while (remoteWrite.knownSeries() > 1) Thread.onSpinWait();

    assertThat(sink.held()).isOne();
    sink.unkept.clear();
    push(UP, 2);
    push(UP, 3);
    assertThat(sink.asked).containsEntry(UP, 2).containsEntry(UP.with("job", "b"), 1);
  }

  @Test
  void many_series_of_which_nothing_is_kept_are_let_go_of_at_once() {
    push(UP, 0);
    for (int i = 0; i < 2000; i++) {
      Labels each = UP.with("job", "j" + i);
      sink.unkept.add(each);
      push(each, 0);
    }

    assertThat(sink.held()).isLessThan(1100);
    assertThat(remoteWrite.knownSeries()).isEqualTo(sink.held());
  }

  @Test
  void what_can_not_be_taken_in_now_is_refused_so_that_the_sender_tries_again() {
    sink.full = true;
    assertThatThrownBy(() -> push(UP, 1)).isInstanceOf(Refusal.Unavailable.class);

    sink.full = false;
    assertThat(push(UP, 1).kept()).isOne();
    assertThat(sink.kept).hasSize(1);
  }

  @Test
  void a_series_that_the_sink_refuses_is_asked_for_each_time_and_named_in_the_answer() {
    Labels nameless = Labels.of("job", "a");

    for (int i = 0; i < 2; i++) {
      Taken taken = push(nameless, i);
      assertThat(taken.sentence())
          .isEqualTo("1 of 1 samples refused, the others are kept: 1 labels (no name; name it)");
    }
    assertThat(remoteWrite.refused()).containsEntry("labels", 2L);
  }

  @Test
  void an_exemplar_of_version_1_that_is_refused_is_counted_though_its_sender_hears_nothing() {
    var exemplar = new FieldWriter().eightBytes(2, 1).number(3, 5);
    var nameless =
        new FieldWriter()
            .message(1, new FieldWriter().text(1, "job").text(2, "a"))
            .message(2, new FieldWriter().eightBytes(1, 1).number(2, 5))
            .message(3, exemplar)
            .message(3, exemplar);
    byte[] message = new FieldWriter().message(1, nameless).toBytes();

    Taken taken = remoteWrite.take(SnappyBlock.pack(message, message.length), WriteVersion.V1);

    assertThat(taken.sentence()).startsWith("1 of 1 samples refused, the others are kept");
    assertThat(remoteWrite.refused()).isEqualTo(Map.of("labels", 3L));
  }

  @Test
  void many_senders_at_once_lose_nothing() throws Exception {
    int senders = 20;
    int pushes = 50;
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int sender = 0; sender < senders; sender++) {
        Labels own = UP.with("sender", "s" + sender);
        all.add(
            threads.submit(() -> {
              for (int i = 0; i < pushes; i++) {
                push(own, i);
                push(UP, i);
              }
            }));
      }
      for (Future<?> each : all) each.get();
    }

    assertThat(sink.kept).hasSize(2 * senders * pushes);
    assertThat(remoteWrite.kept()).isEqualTo(2L * senders * pushes);
    assertThat(remoteWrite.knownSeries()).isEqualTo(senders + 1);
    assertThat(List.copyOf(sink.asked.values())).containsOnly(1);
  }
}
