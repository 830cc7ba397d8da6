package io.oriel.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LineLoggerTest {
  private static final Instant AT = Instant.parse("2026-03-02T12:00:00.123456Z");

  @Test
  void an_event_is_one_line_with_its_time_and_level() {
    var arguments = new Object[] {"metrics", 3};

    String line = LineLogger.line(AT, Level.INFO, "block cut signal={} series={}", arguments, null);

    assertThat(line).isEqualTo("2026-03-02T12:00:00.123Z INFO block cut signal=metrics series=3\n");
  }

  @Test
  void what_came_in_from_outside_can_not_forge_a_line() {
    var arguments = new Object[] {"x\n2026-03-02T12:00:00Z ERROR all is lost"};

    String line = LineLogger.line(AT, Level.WARN, "scrape refused target={}", arguments, null);

    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void what_libraries_have_to_say_counts_from_warn_on() {
    assertThat(LoggerFactory.getLogger("org.eclipse.jetty.server.Server").isInfoEnabled())
        .isFalse();
    assertThat(LoggerFactory.getLogger("io.oriel.storage.wal.Wal").isInfoEnabled()).isTrue();
  }
}
