package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.acceptance.BoardVisits.Board;
import io.oriel.acceptance.BoardVisits.Listed;
import io.oriel.model.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboards of the field, in a browser, over a simulated fleet: how many panels are drawn, are
 * without data, fail. What it finds stands in {@code docs/dashboards-compat.md}.
 *
 * <p>In its short form it looks at as many boards as {@value #SHORT_SECONDS} s allow, another
 * choice each day, and holds that these are no worse than the page says. With {@code
 * -Doriel.compat=all} it looks at all; with {@code -Doriel.rewrite=true} too, and writes the page.
 */
class CompatBrowserTest {
  private static final int SHORT_SECONDS = 40;
  private static final int LONG_SECONDS = 1500;
  private static final int LEAST_BOARDS = 3; // on the slowest machine
  private static final int AT_ONCE = Integer.getInteger("oriel.compat.pages", 3);

  /** What a fleet that was watched for minutes may not have done yet, in panels. */
  private static final int SLACK = 4;

  private static final boolean REWRITE = Boolean.getBoolean("oriel.rewrite");
  private static final boolean ALL = REWRITE || "all".equals(System.getProperty("oriel.compat"));

  /** Names the boards to look at, by a part of their file: to mend one. */
  private static final String ONLY = System.getProperty("oriel.compat.only", "");

  private static Path folder;
  private static Pages pages;
  private static OrielProcess oriel;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    folder = SharedData.conformance("dashboards").toRealPath();
    pages = Pages.open();
    Path config = Files.writeString(data.resolve("oriel.yaml"), "collectors:\n  interval: 5s\n");
    oriel =
        OrielProcess.up(
            data,
            "--config",
            config.toString(),
            "--demo",
            "--demo-past",
            "1h",
            "--dashboards",
            folder.toString());
    Await.until(
        "the last hour of the fleet is written, and this machine was read some times",
        Duration.ofMinutes(3),
        () ->
            Json.read(oriel.get("/api/v1/oriel/scenario")).path("pastWritten").asDouble() >= 1
                && Json.number(oriel, "count_over_time(up{job=\"node\"}[10m])") >= 4);
  }

  @AfterAll
  static void stop() {
    if (oriel != null) oriel.close();
    if (pages != null) pages.close();
  }

  @Test
  void dashboards_of_the_field_are_drawn_as_well_as_the_page_says() throws Exception {
    List<Listed> chosen = chosen();
    Duration within = Duration.ofSeconds(ALL ? LONG_SECONDS : SHORT_SECONDS);

    List<Board> visited = new BoardVisits(oriel, pages, AT_ONCE).visit(chosen, within);
    visited.sort(Comparator.comparing(each -> each.board().file()));
    Set<String> stored = stored();
    List<CompatRow> rows = visited.stream().map(each -> CompatRow.of(each, stored)).toList();

    CompatFindings.keep(visited, stored);
    var seen = CompatRow.sum("all", rows);
    System.out.printf("dashboards of the field: %d of %d boards%n", rows.size(), chosen.size());
    rows.forEach(row -> System.out.println("  " + row.line()));
    System.out.println("  " + seen.line());
    if (!ONLY.isEmpty()) return;
    if (REWRITE) CompatPage.write(rows);
    assertThat(rows).hasSizeGreaterThanOrEqualTo(ALL ? chosen.size() : LEAST_BOARDS);
    var told = CompatRow.sum("all", CompatPage.read(rows.stream().map(CompatRow::file).toList()));
    assertThat(seen.error())
        .as("panels with an error, of %s; the page has %s", seen.line(), told.line())
        .isLessThanOrEqualTo(told.error() + SLACK + seen.panels() / 100);
    assertThat(seen.served() - seen.servedDrawn())
        .as(
            "panels without data, where the fleet has their metrics, of %s; the page has %s",
            seen.line(), told.line())
        .isLessThanOrEqualTo(told.served() - told.servedDrawn() + SLACK + seen.served() / 20);
  }

  /** All of them, or those of the day first. */
  private static List<Listed> chosen() throws Exception {
    var all = new ArrayList<Listed>();
    for (JsonNode each : Json.read(oriel.get("/api/v1/oriel/dashboards"))) {
      Path file = Path.of(each.path("file").asText());
      if (!file.startsWith(folder)) continue;
      String below = folder.relativize(file).toString();
      if (!below.contains(ONLY)) continue;
      all.add(new Listed(each.path("uid").asText(), below, each.path("panels").asInt()));
    }
    if (ALL || !ONLY.isEmpty()) return all;
    long seed = Long.getLong("oriel.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());
    System.out.println("the boards of the day are chosen by -Doriel.seed=" + seed);
    Collections.shuffle(all, new Random(seed));
    return all;
  }

  private static Set<String> stored() throws Exception {
    var names = new HashSet<String>();
    JsonNode answer = Json.read(oriel.get("/api/v1/label/__name__/values"));
    answer.path("data").forEach(name -> names.add(name.asText()));
    return names;
  }
}
