package io.oriel.server;

import io.oriel.collect.OnDemand;
import io.oriel.collect.Round;
import io.oriel.collect.TextPage;
import io.oriel.server.config.AgentPage;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.oriel.wire.exposition.ExpositionFormat;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One page of the agent: its collectors read when it is asked for, and it says what they told. */
final class ToldPage {
  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";
  private static final Duration NORMAL = Duration.ofSeconds(10); // Prometheus' own default
  private static final Duration WAY_BACK = Duration.ofMillis(500); // of the page, before that
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(60);

  /** A page as it was last written: who asks within a second gets the same bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Written(List<Round> rounds, byte[] bytes) {}

  private final AgentPage page;
  private final OnDemand collecting;
  private final Map<ExpositionFormat, Written> written = new EnumMap<>(ExpositionFormat.class);

  ToldPage(AgentPage page, OnDemand collecting) {
    this.page = page;
    this.collecting = collecting;
  }

  /** GET /metrics, as text 0.0.4 or OpenMetrics, as the asker prefers. */
  Route route() {
    return Route.get("/metrics", "Metrics of " + page.what(), this::answer).errorsInText();
  }

  private Answer answer(Call call) throws InterruptedException {
    Duration patience = patience(call.header(TIMEOUT).orElse(""));
    List<Round> rounds =
        collecting.ask(each -> AgentPage.ofCollector(each.name()) == page, patience);
    boolean open = call.header("Accept").orElse("").contains("application/openmetrics-text");
    var format = open ? ExpositionFormat.OPEN_METRICS : ExpositionFormat.TEXT;
    return Answer.bytes(200, format.contentType(), bytes(rounds, format));
  }

  private synchronized byte[] bytes(List<Round> rounds, ExpositionFormat format) {
    Written before = written.get(format);
    if (before != null && areSame(before.rounds(), rounds)) return before.bytes();
    byte[] bytes = TextPage.of(rounds, format);
    written.put(format, new Written(rounds, bytes));
    return bytes;
  }

  @SuppressWarnings("ReferenceEquality") // one is told once
  private static boolean areSame(List<Round> some, List<Round> others) {
    if (some.size() != others.size()) return false;
    for (int i = 0; i < some.size(); i++) if (some.get(i) != others.get(i)) return false;
    return true;
  }

  /** How long a scrape may take: what Prometheus says, less the way back. */
  static Duration patience(String header) {
    Duration told = NORMAL;
    try {
      double seconds = Double.parseDouble(header);
      if (seconds > 0) told = Duration.ofMillis((long) Math.min(seconds * 1000, 1e6));
    } catch (NumberFormatException _) {
      // none, or nonsense
    }
    Duration patience = told.minus(WAY_BACK);
    if (patience.compareTo(LEAST) < 0) return LEAST;
    return patience.compareTo(MOST) > 0 ? MOST : patience;
  }
}
