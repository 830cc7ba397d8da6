package io.oriel.scrape.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.testing.ManualClock;
import io.oriel.scrape.config.ScrapeSettings;
import io.oriel.scrape.discover.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What is said of a target in the log, and how often. */
class ScrapeLogTest {
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final Lines lines = new Lines();
  private final ScrapeLog log =
      new ScrapeLog(
          new Target(
              "api",
              URI.create("http://api1:8000/metrics"),
              Labels.of("job", "api", "instance", "api1:8000"),
              15_000,
              10_000,
              ScrapeSettings.NORMAL,
              Map.of(),
              "a test"),
          clock,
          lines);

  /** A log that can be read. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    final transient List<String> all = new ArrayList<>();

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable cause) {
      all.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }

  private Outcome good(int workers) {
    return Outcome.NEVER.good(clock.millis(), 1_000_000, 12, workers);
  }

  @Test
  void several_processes_behind_one_address_are_told_once_with_their_number_and_the_remedy() {
    log.scraped(good(0), Loss.NONE, 0);
    log.scraped(good(3), Loss.NONE, 3);
    log.scraped(good(4), Loss.NONE, 4);
    clock.advance(3_600_000);
    log.scraped(good(4), Loss.NONE, 4);

    assertThat(lines.all)
        .singleElement()
        .asString()
        .startsWith("WARN target is not one process target=")
        .contains("api1:8000")
        .contains("3 processes answer in turn")
        .contains("PROMETHEUS_MULTIPROC_DIR")
        .contains("oriel_worker");
  }

  @Test
  void a_target_that_fails_is_no_news_of_its_processes() {
    Outcome failed =
        Outcome.NEVER.failed(clock.millis(), 1, "it refused the connection", "start it");

    log.scraped(failed, Loss.NONE, 3);

    assertThat(lines.all).singleElement().asString().startsWith("WARN scrape failed");
  }

  @Test
  void what_is_not_stored_is_told_when_it_begins_and_when_it_ends() {
    var loss =
        new Loss(Set.of("store"), "nothing of the page is stored: the queue is full", "wait");

    log.scraped(good(0), loss, 0);
    log.scraped(good(0), loss, 0);
    clock.advance(600_001);
    log.scraped(good(0), Loss.NONE, 0);

    assertThat(lines.all)
        .hasSize(2)
        .first()
        .asString()
        .contains("scrape not stored whole", "the queue is full", "remedy=\"wait\"");
    assertThat(lines.all.getLast()).startsWith("INFO scrape stored whole again");
  }
}
