package io.oriel.collect.discover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Collector;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.testing.RawTarget;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever answers in a system's place costs a bounded time, one sentence and no made-up value. */
@Timeout(60)
class LyingSystemsTest {
  private final Readings readings = new Readings();

  /** What is said to have gone wrong. */
  private String round(SystemKind kind, RawTarget.Script script) throws Exception {
    return round(kind, 20_000, script);
  }

  private String round(SystemKind kind, long timeoutMs, RawTarget.Script script) throws Exception {
    try (var target = new RawTarget(script)) {
      var address = Address.of(URI.create("http://" + target.address()), "a test");
      var peer = Peer.at(address, timeoutMs, new ManualClock(1_000_000));
      try (Collector collector = kind.reader(peer)) {
        readings.begin();
        collector.collect(readings);
      } catch (CollectorFailure e) {
        assertThat(e.remedy()).isNotBlank();
        return e.happened();
      }
    }
    return String.join(" ", readings.failures().values());
  }

  private void assertNothingIsMadeUp() {
    assertThat(Told.of(readings).values().keySet())
        .allMatch(series -> series.metricName().matches("oriel_[a-z0-9]+_(up|ready)"));
  }

  private static byte[] answer(String status, String header, String body) {
    String close = "Connection: close\r\nContent-Length: " + body.length();
    return bytes(String.join("\r\n", "HTTP/1.1 " + status, header, close, "", body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LANGFUSE", "QDRANT", "N8N"})
  void one_that_says_nothing(SystemKind kind) throws Exception {
    var never = new CountDownLatch(1);

    String said = round(kind, 1_000, (_, _) -> never.await());

    never.countDown();
    assertThat(said).contains("did not answer within 1s");
    assertNothingIsMadeUp();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LANGFUSE", "QDRANT", "N8N"})
  void one_that_never_ends(SystemKind kind) throws Exception {
    String said =
        round(
            kind,
            1_000,
            (_, out) -> {
              out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
              byte[] line = bytes("a 1\n".repeat(4_096));
              while (true) out.write(line);
            });

    assertThat(said).containsAnyOf("larger than", "did not answer within");
    assertNothingIsMadeUp();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LANGFUSE", "QDRANT", "N8N"})
  void one_that_shows_a_login_page(SystemKind kind) throws Exception {
    String said =
        round(kind, (_, out) -> out.write(answer("200 OK", "Content-Type: text/html", "<html>")));

    assertThat(said).containsAnyOf("is not JSON", "no page of metrics");
    assertNothingIsMadeUp();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LANGFUSE", "QDRANT", "N8N"})
  void one_that_sends_us_in_a_circle(SystemKind kind) throws Exception {
    String said = round(kind, (_, out) -> out.write(answer("302 Found", "Location: /there", "")));

    assertThat(said).contains("redirects more than 10 times");
    assertNothingIsMadeUp();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"LANGFUSE", "QDRANT", "N8N"})
  void one_that_speaks_something_else(SystemKind kind) throws Exception {
    String said = round(kind, (_, out) -> out.write(bytes("SSH-2.0-OpenSSH_9.6\r\n")));

    assertThat(said).contains("does not speak HTTP");
    assertNothingIsMadeUp();
  }
}
