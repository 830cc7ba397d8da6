package io.oriel.engines.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.engines.prometheus.TestReceiver.Answer;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.queue.QueueBounds.WhenFull;
import io.oriel.wire.remotewrite.WriteVersion;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender does when its receiver is not well; the checklist from retries on. */
@Timeout(60)
class SenderTroubleTest extends SenderFixture {
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413, 422, 429, 301})
  void what_a_retry_can_not_cure_is_not_sent_again_and_the_next_is(int status)
      throws InterruptedException {
    receiver.answers.add(Answer.status(status));
    try (var out = start(to2())) {
      send(out, labels("x"), NOW, 1);
      receiver.take();
      send(out, labels("x"), NOW + 1, 2);

      assertThat(receiver.take().message().series.getFirst().rows().getFirst().value())
          .isEqualTo(2);
      awaitSent(out, 1);
      assertThat(out.stats().failed()).containsExactlyEntriesOf(Map.of("http_" + status, 1L));
      assertThat(out.stats().retries()).isZero();
      assertThat(out.stats().pendingRecords()).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 599, 0})
  void what_a_retry_can_cure_is_sent_again_after_a_pause(int status) throws InterruptedException {
    receiver.answers.add(Answer.status(status));
    try (var out = start(to2())) {
      send(out, labels("x"), NOW, 1);
      receiver.take();
      clock.awaitSleepers(2); // the pause, and metadata
      assertThat(receiver.isQuiet()).isTrue();
      assertThat(out.stats().downSinceMs()).isEqualTo(NOW);
      if (status > 0) {
        assertThat(out.stats().why()).contains("HTTP " + status + ": no, " + status);
      }
      clock.advance(1000);
      assertThat(receiver.take().message().series).hasSize(1);
      awaitSent(out, 1);
      assertThat(out.stats().failed()).isEmpty();
      assertThat(out.stats().downSinceMs()).isZero();
    }
  }

  @Test
  void pauses_grow_twofold_with_jitter_up_to_their_limit() throws InterruptedException {
    for (int i = 0; i < 12; i++) receiver.answers.add(Answer.status(503));
    try (var out = start(to2())) {
      send(out, labels("x"), NOW, 1);
      var pauses = new ArrayList<Long>();
      for (int i = 0; i < 12; i++) {
        receiver.take();
        clock.awaitSleepers(2);
        long began = clock.millis();
        while (receiver.isQuiet() && out.stats().requests() == i + 1) {
          clock.advance(50);
          Thread.onSpinWait();
          if (clock.millis() - began > 70_000) break;
        }
        pauses.add(clock.millis() - began);
      }
      receiver.take();
      awaitSent(out, 1);

      assertThat(out.stats().retries()).isEqualTo(12);
      for (int i = 0; i < 6; i++) {
        assertThat(pauses.get(i)).as("pause %s of %s", i, pauses).isGreaterThanOrEqualTo(450L << i);
      }
    }
  }

  @Test
  void retry_after_is_heeded_in_seconds_and_as_a_date() throws InterruptedException {
    receiver.answers.add(new Answer(503, Map.of("Retry-After", "17"), ""));
    receiver.answers.add(
        new Answer(429, Map.of("Retry-After", "Tue, 14 Nov 2023 22:14:00 GMT"), ""));
    var eager = to2().with(queue(2000, 1, Duration.ZERO, true));
    try (var out = start(eager)) {
      send(out, labels("x"), NOW, 1);
      receiver.take();
      clock.awaitSleepers(2);
      clock.advance(16_999);
      clock.awaitSleepers(2);
      assertThat(receiver.isQuiet()).isTrue();
      clock.advance(1);
      receiver.take(); // it is 22:13:37 now
      clock.awaitSleepers(2);
      clock.advance(22_999);
      clock.awaitSleepers(2);
      assertThat(receiver.isQuiet()).isTrue();
      clock.advance(1);

      receiver.take();
      awaitSent(out, 1);
    }
  }

  @Test
  void a_receiver_that_does_not_know_version_2_is_sent_version_1_and_so_it_stays()
      throws InterruptedException {
    receiver.answers.add(Answer.status(415));
    try (var out = start(to2())) {
      send(out, labels("x"), NOW, 1);

      assertThat(receiver.take().message().isV2()).isTrue();
      var second = receiver.take();
      assertThat(second.message().isV2()).isFalse();
      assertThat(second.headers())
          .containsEntry("content-type", WriteVersion.V1.contentType())
          .containsEntry("x-prometheus-remote-write-version", "0.1.0");
      send(out, labels("x"), NOW + 1, 1);
      assertThat(receiver.take().message().isV2()).isFalse();
      awaitSent(out, 2);
      assertThat(out.stats().version()).isEqualTo("1.0");
    }
  }

  @Test
  void what_has_once_taken_version_2_is_never_sent_version_1() throws InterruptedException {
    try (var out = start(to2())) {
      send(out, labels("x"), NOW, 1);
      receiver.take();
      awaitSent(out, 1);
      receiver.answers.add(Answer.status(415));
      send(out, labels("x"), NOW + 1, 1);
      receiver.take();
      send(out, labels("x"), NOW + 2, 1);

      assertThat(receiver.take().message().isV2()).isTrue();
      awaitSent(out, 2);
      assertThat(out.stats().failed()).containsEntry("http_415", 1L);
    }
  }

  @Test
  void success_without_a_word_of_what_was_written_is_not_success_in_version_2()
      throws InterruptedException {
    receiver.answers.add(Answer.status(204));
    try (var out = start(to2())) {
      send(out, labels("x"), NOW, 1);
      receiver.take();
      send(out, labels("x"), NOW + 1, 1);

      assertThat(receiver.take().message().isV2()).isTrue();
      awaitSent(out, 1);
      assertThat(out.stats().failed()).containsEntry("unconfirmed", 1L);
    }
  }

  @Test
  void odd_answers_are_coped_with() throws InterruptedException {
    receiver.answers.add(new Answer(200, Map.of(), "{\"half\": "));
    receiver.answers.add(new Answer(200, Map.of(), "x".repeat(3 << 20)));
    receiver.answers.add(new Answer(299, Map.of(), ""));
    receiver.answers.add(new Answer(418, Map.of(), "é\u0000" + "y".repeat(300_000)));
    try (var out = start(to())) {
      for (int i = 0; i < 5; i++) {
        send(out, labels("x"), NOW + i, 1);
        receiver.take();
      }

      awaitSent(out, 4);
      assertThat(out.stats().failed()).containsEntry("http_418", 1L);
    }
  }

  @Test
  void what_waits_while_nobody_listens_arrives_when_somebody_does() throws Exception {
    int port = receiver.port();
    receiver.close();
    var out = start(to());
    try {
      send(out, labels("x"), NOW, 1);
      clock.awaitSleepers(2);
      assertThat(out.stats().why()).contains("refused");
      send(out, labels("x"), NOW + 1, 2);
      out.close(); // and again after a restart
      out = start(to());
      clock.awaitSleepers(2);

      receiver = new TestReceiver(port);
      clock.advance(1000);

      var rows = new ArrayList<Double>();
      while (rows.size() < 2) {
        receiver
            .take()
            .message()
            .series
            .forEach(each -> each.rows().forEach(row -> rows.add(row.value())));
      }
      assertThat(rows).containsExactly(1.0, 2.0);
    } finally {
      out.close();
    }
  }

  @Test
  void silence_an_unknown_host_and_a_wrong_scheme_are_survived() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var hasty =
          new Destination(
              "silent",
              URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"),
              to().http(),
              Map.of(),
              Duration.ofMillis(200),
              to().relabeling(),
              Map.of(),
              AT_ONCE,
              Duration.ZERO,
              1,
              WriteVersion.V1,
              to().parts());
      assertThat(whyOf(hasty)).containsAnyOf("no answer within 200 ms", "timed out");
    }
    assertThat(whyOf(elsewhere("nobody", "http://no-such-host.invalid/w"))).isNotEmpty();
    assertThat(whyOf(elsewhere("tls", "https://127.0.0.1:" + receiver.port() + "/w"))).isNotEmpty();
  }

  private Destination elsewhere(String name, String url) {
    return new Destination(
        name,
        URI.create(url),
        to().http(),
        Map.of(),
        Duration.ofSeconds(10),
        to().relabeling(),
        Map.of(),
        AT_ONCE,
        Duration.ZERO,
        1,
        WriteVersion.V1,
        to().parts());
  }

  /** What is said after the first try; it would be tried again. */
  private String whyOf(Destination to) throws InterruptedException {
    try (var out = start(to)) {
      send(out, labels("x"), NOW, 1);
      clock.awaitSleepers(1);
      assertThat(out.stats().retries()).isEqualTo(1);
      assertThat(out.stats().pendingRecords()).isEqualTo(1);
      return out.stats().why();
    }
  }

  @Test
  void each_series_keeps_its_order_on_many_shards() throws InterruptedException {
    try (var out = start(to2().with(queue(50, 8, Duration.ZERO, false)));
        var writer = out.sink().writer()) {
      for (int round = 0; round < 40; round++) {
        if (round % 7 == 3) receiver.answers.add(Answer.status(503));
        for (int i = 0; i < 100; i++) {
          writer.sample(writer.series(labels("x", "i", "" + i)), NOW + round, round);
        }
        writer.commit();
      }

      Map<String, List<Double>> seen = new HashMap<>();
      int rows = 0;
      while (out.stats().sent() < 4000) {
        clock.advance(100);
        Thread.onSpinWait();
      }
      while (!receiver.isQuiet()) {
        for (var each : receiver.take().message().series) {
          var of = seen.computeIfAbsent(each.labels().get("i"), _ -> new ArrayList<>());
          each.rows().forEach(row -> of.add(row.value()));
          rows += each.rows().size();
        }
      }
      assertThat(out.stats().shards()).isEqualTo(8);
      assertThat(rows).isGreaterThanOrEqualTo(4000); // what was answered by 503 came twice
      assertThat(seen).hasSize(100);
      seen.values()
          .forEach(
              values -> assertThat(values.stream().distinct().toList()).isSorted().hasSize(40));
    }
  }

  @Test
  void a_full_queue_that_refuses_slows_its_sender_and_loses_nothing() throws Exception {
    receiver.close();
    try (var out = start(to(), WhenFull.REFUSE);
        var writer = out.sink().writer()) {
      var random = new java.util.Random(5);
      long series = writer.series(labels("x"));
      int accepted = 0;
      Refusal full = null;
      while (full == null) {
        for (int i = 0; i < 20_000; i++) {
          writer.sample(series, NOW - 100_000_000L + accepted * 20_000L + i, random.nextDouble());
        }
        try {
          writer.commit();
          accepted++;
        } catch (Refusal.Unavailable e) {
          full = e;
        }
      }
      long waits = out.stats().pendingRecords();

      Refusal again = full;
      assertThat(again).hasMessageContaining("the queue out is full since");
      assertThat(waits).isEqualTo(accepted);
      assertThatThrownBy(
              () -> {
                writer.sample(series, NOW, 1);
                for (int i = 1; i < 20_000; i++)
                  writer.sample(series, NOW + i, random.nextDouble());
                writer.commit();
              })
          .isInstanceOf(Refusal.Unavailable.class);
      assertThat(out.stats().dropped()).isEmpty();
    }
  }

  private static void awaitSent(RemoteWriteOut out, long samples) {
    while (out.stats().sent() < samples) Thread.onSpinWait(); // bounded by the class's timeout
  }

  @Test
  void a_queue_whose_folder_is_gone_refuses_by_name_and_a_copy_beside_is_counted_as_dropped()
      throws Exception {
    try (var first = start(Destination.to("first", receiver.url()).with(AT_ONCE));
        var copy = start(to2())) {
      send(copy, labels("x"), NOW, 1);
      receiver.take();
      awaitSent(copy, 1);
      Files.move(folder.resolve("out"), folder.resolve("moved"));

      assertThatThrownBy(() -> send(copy, labels("x"), NOW + 1, 2))
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("was deleted or moved away");
      assertThat(copy.stats().dropped()).isEmpty(); // who sent it still has it
      try (MetricWriter both = Tee.of(first.sink(), List.of(copy)).writer()) {
        both.sample(both.series(labels("x")), NOW + 2, 3);
        assertThat(both.commit().kept()).isEqualTo(1);
      }

      assertThat(copy.stats().dropped()).isEqualTo(Map.of(OutgoingWriter.NOT_QUEUED, 1L));
      assertThat(copy.lost()).isPresent();
      assertThat(first.lost()).isEmpty();
    }
  }
}
