package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.JsonNumber;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was spent today, from the daily sums of LiteLLM's database. Newer versions give a day in one
 * answer, older ones in pages.
 */
final class Activity {
  private static final long EVERY_MS = TimeUnit.MINUTES.toMillis(1);
  private static final int MOST_PAGES = 20; // of a thousand rows each

  private final String path;
  private final Clock clock;
  private final Inquiry inquiry;
  private final boolean tellsAll;
  private final Map<Dimension, Largest> by = new EnumMap<>(Dimension.class);
  private Sums inAll = new Sums();
  private LocalDate day = LocalDate.MIN;
  private boolean isPaged; // this version knows no answer of a whole day
  private boolean isCut;

  /**
   * @param path without its end: {@code /user/daily/activity}
   * @param part in words, for the pages
   * @param tellsAll whether what it sums up is everything: what is in no team is not in teams' sums
   */
  Activity(
      Peer peer,
      Clock clock,
      String path,
      String part,
      List<Dimension> dimensions,
      int top,
      boolean tellsAll) {
    this.path = path;
    this.clock = clock;
    this.inquiry = new Inquiry(peer, clock, part, EVERY_MS);
    this.tellsAll = tellsAll;
    for (Dimension each : dimensions) by.put(each, new Largest(each, top));
  }

  Inquiry inquiry() {
    return inquiry;
  }

  void tell(Readings out, Database database) throws InterruptedException {
    LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(clock.millis()), ZoneOffset.UTC);
    if (inquiry.isDue()) ask(today);
    inquiry.tellRefusal(out, database);
    if (isCut) {
      out.failed(
          path,
          "LiteLLM has more than %d pages of today's sums; the rest is not told"
              .formatted(MOST_PAGES));
    }
    if (!today.equals(day)) return; // yesterday's sums say nothing of today
    for (Quantity each : Quantity.values()) {
      double value = inAll.of(each);
      if (tellsAll && !Double.isNaN(value)) out.tell(Spent.inAll(each), value);
    }
    by.values().forEach(each -> each.tell(out));
  }

  private void ask(LocalDate today) throws InterruptedException {
    JsonNode answer = first(today);
    if (answer == null || !answer.path("results").isArray()) return;
    if (!today.equals(day)) by.values().forEach(Largest::newDay);
    var sums = new Sums();
    var names = new EnumMap<Dimension, Map<String, Sums>>(Dimension.class);
    by.keySet().forEach(each -> names.put(each, new HashMap<>()));
    for (int page = 1; answer != null; page++) {
      add(answer, today, sums, names);
      isCut = page == MOST_PAGES && hasMore(answer, page);
      if (!hasMore(answer, page) || isCut) break;
      answer = inquiry.ask(target(today, page + 1));
    }
    if (answer == null) return; // half a day would be a counter that falls
    day = today;
    inAll = sums;
    by.forEach((each, largest) -> largest.learn(names.getOrDefault(each, Map.of())));
  }

  private @Nullable JsonNode first(LocalDate today) throws InterruptedException {
    if (!isPaged) {
      JsonNode whole = inquiry.ask(path + "/aggregated" + dates(today));
      if (whole != null || inquiry.refusedStatus() != 404) return whole;
      isPaged = true;
    }
    return inquiry.ask(target(today, 1));
  }

  private static String dates(LocalDate today) {
    return "?start_date=" + today + "&end_date=" + today;
  }

  private String target(LocalDate today, int page) {
    return path + dates(today) + "&page=" + page + "&page_size=1000";
  }

  private static boolean hasMore(JsonNode answer, int page) {
    return JsonNumber.of(answer.path("metadata").path("total_pages"), 1) > page;
  }

  private static void add(
      JsonNode answer, LocalDate today, Sums sums, Map<Dimension, Map<String, Sums>> names) {
    sums.add(Sums.NOTHING); // a day without a request is 0, not unknown
    for (JsonNode result : answer.path("results")) {
      if (!result.path("date").asText("").startsWith(today.toString())) continue;
      sums.add(result.path("metrics"));
      names.forEach((dimension, found) -> {
        for (Map.Entry<String, JsonNode> each :
            dimension.in(result.path("breakdown")).properties()) {
          String name = dimension.name(each.getKey(), each.getValue().path("metadata"));
          found.computeIfAbsent(name, _ -> new Sums()).add(each.getValue().path("metrics"));
        }
      });
    }
  }
}
