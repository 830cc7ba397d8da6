package io.oriel.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.discover.Discovery;
import io.oriel.collect.discover.FoundSystem;
import io.oriel.collect.discover.SystemKind;
import io.oriel.collect.peer.Address;
import io.oriel.model.Labels;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.testing.RawTarget;
import io.oriel.wire.testing.TestTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Systems of every kind that are dead, slow or lie, all at once beside one that is well: each way
 * to lie by each row of {@link SystemKind}, so that a new kind is covered as soon as it has a row.
 * How the daemon of containers lies: {@code LyingDaemonTest}.
 */
@Timeout(120)
class LyingSystemsTest {
  private static final long START = 1_750_000_000_000L;
  private static final long INTERVAL = 15_000;
  private static final long PATIENCE_MS = 60_000;
  private static final long SHORT_MS = 300; // the slow ones are given up after that

  /** A page that is not unusually large may stay in the buffer of the one that asks for it. */
  private static final long MOST_HELD = (16L << 20) + SystemKind.values().length * (4L << 20);

  private static final String WELL = "well";

  private final ManualClock clock = new ManualClock(START);
  private final ManualClock clockOfTheWellOne = new ManualClock(START);
  private final SeriesInMemory sink = new SeriesInMemory();
  private final List<RawTarget> liars = new ArrayList<>();
  private final List<String> toldByLiars = new ArrayList<>();
  private TestTarget well;

  @BeforeEach
  void start() throws IOException {
    well = new TestTarget();
    well.page =
        """
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{model_name="qwen"} 3
        """;
  }

  @AfterEach
  void stop() throws IOException {
    well.close();
    for (RawTarget liar : liars) liar.close();
  }

  @ParameterizedTest
  @EnumSource
  void who_lies_is_said_in_a_line_and_holds_up_nobody(Lie lie) throws Exception {
    var wanted = new ArrayList<Collector>();
    for (SystemKind kind : SystemKind.values()) wanted.addAll(reader(kind, lie));

    look(wanted, lie.mayPass());

    assertThat(toldByLiars).noneMatch(each -> each.contains("Infinity"));
  }

  @Test
  void who_is_not_there_is_said_in_a_line_and_holds_up_nobody() throws Exception {
    var wanted = new ArrayList<Collector>();
    for (SystemKind kind : SystemKind.values()) {
      wanted.addAll(reader(kind, "127.0.0.1:1", "not there", PATIENCE_MS));
    }

    look(wanted, false);
  }

  private List<Collector> reader(SystemKind kind, Lie lie) throws IOException {
    RawTarget liar = lie.target();
    liars.add(liar);
    return reader(
        kind,
        liar.address(),
        kind.word() + " " + lie,
        lie.isSlow() ? SHORT_MS : PATIENCE_MS); // a busy machine makes nobody slow
  }

  private List<Collector> reader(SystemKind kind, String where, String name, long timeoutMs) {
    var address = new Address(URI.create("http://" + where), HttpSettings.NORMAL, "a test", name);
    var found = List.of(new FoundSystem(kind, address));
    return new Discovery(found, List.of(), clock, timeoutMs).find();
  }

  /** Runs them for some rounds, and looks at what is said of each. */
  private void look(List<Collector> wanted, boolean mayPass) throws Exception {
    long before = heldBytes();
    var interval = Duration.ofMillis(INTERVAL);
    var wellOne = reader(SystemKind.VLLM, well.address(), WELL, PATIENCE_MS);
    try (var collecting = Collecting.start(wanted, sink, clock, interval, Labels.EMPTY);
        var beside = Collecting.start(wellOne, sink, clockOfTheWellOne, interval, Labels.EMPTY)) {
      assertRoundsOfTheWellOne();
      assertThat(beside.statuses().getFirst().health()).isEqualTo(TargetStatus.Health.UP);
      clock.awaitSleepers(wanted.size()); // by now each has been through a round
      for (TargetStatus status : collecting.statuses()) assertSaid(status, mayPass);
      clock.advance(INTERVAL);
      clock.awaitSleepers(wanted.size()); // and through a second one
      for (TargetStatus status : collecting.statuses()) assertSaid(status, mayPass);
      sink.commits.forEach(toldByLiars::addAll);
      assertThat(heldBytes() - before).as("bytes that are held on to").isLessThan(MOST_HELD);
    }
  }

  /** One at each moment when one is due, while the others are where they are. */
  private void assertRoundsOfTheWellOne() throws InterruptedException {
    long now = START;
    for (long due : new long[] {0, INTERVAL / 5, INTERVAL, 2 * INTERVAL, 3 * INTERVAL}) {
      clockOfTheWellOne.advance(START + due - now);
      now = START + due;
      assertThat(nextOfTheWellOne())
          .contains(
              "vllm:num_requests_running{instance=\"%s\", job=\"vllm\", model_name=\"qwen\"} 3.0 @%d"
                  .formatted(WELL, now));
      clockOfTheWellOne.awaitSleepers(1);
    }
  }

  private List<String> nextOfTheWellOne() throws InterruptedException {
    while (true) {
      List<String> commit = sink.commits.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
      assertThat(commit).as("a round of the one that is well").isNotNull();
      if (commit.getFirst().contains("instance=\"" + WELL + "\"")) return commit;
      toldByLiars.addAll(commit);
    }
  }

  private static void assertSaid(TargetStatus status, boolean mayPass) {
    if (mayPass && status.error().isEmpty()) return;
    assertThat(status.error())
        .as("%s", status.name())
        .isNotBlank()
        .hasSizeLessThan(300)
        .doesNotContainPattern("\\p{Cntrl}")
        .doesNotContainPattern("Exception|Error\\b|java\\.|\\[Source|StreamRead|[a-z]+\\(\\)");
    assertThat(status.remedy())
        .as("%s: %s", status.name(), status.error())
        .isNotBlank()
        .hasSizeLessThan(200)
        .doesNotContainPattern("\\p{Cntrl}")
        .doesNotContain("the user Oriel runs as");
  }

  private static long heldBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
