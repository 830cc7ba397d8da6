package io.oriel.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Looks at boards, some at a time, until every panel of each is at rest. */
final class BoardVisits {
  private static final String SCRIPT = "/compat/visit.js";
  private static final Duration PATIENCE = Duration.ofSeconds(60); // the script has less

  /**
   * A board of the list.
   *
   * @param file below the folder, with {@code /}
   */
  record Listed(String uid, String file, int panels) {}

  /**
   * What a panel came to.
   *
   * @param state data, empty, error or loading
   * @param asks its queries as they were sent
   */
  record Panel(String id, String kind, String state, List<String> asks, String words) {}

  /**
   * What a board came to.
   *
   * @param says what the page says first; of use where there is no panel
   */
  record Board(Listed board, List<Panel> panels, String says) {}

  /** A page in use; null where it waits for work. */
  private static final class Slot {
    final Page page;
    @Nullable Listed at;
    long sinceNanos;

    Slot(Page page) {
      this.page = page;
    }
  }

  private final OrielProcess oriel;
  private final List<Slot> slots = new ArrayList<>();

  BoardVisits(OrielProcess oriel, Pages pages, int atOnce) throws IOException {
    this.oriel = oriel;
    String script = script();
    for (int i = 0; i < atOnce; i++) {
      Page page = pages.page(Pages.Screen.DESK);
      page.addInitScript(script);
      slots.add(new Slot(page));
    }
  }

  private static String script() throws IOException {
    try (InputStream in = BoardVisits.class.getResourceAsStream(SCRIPT)) {
      if (in == null) throw new IOException("the tests lack " + SCRIPT);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Visits as many of these, in their order, as can be begun within the time. */
  List<Board> visit(List<Listed> boards, Duration within) throws Exception {
    Queue<Listed> waiting = new ArrayDeque<>(boards);
    var visited = new ArrayList<Board>();
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      boolean isBusy = false;
      for (Slot slot : slots) {
        if (slot.at != null) take(slot, visited);
        if (slot.at == null && System.nanoTime() < end) go(slot, waiting.poll());
        isBusy |= slot.at != null;
      }
      if (!isBusy) return visited;
      slots.getFirst().page.waitForTimeout(50); // and lets the browser's events in
    }
  }

  private void go(Slot slot, @Nullable Listed board) {
    if (board == null) return;
    slot.at = board;
    slot.sinceNanos = System.nanoTime();
    slot.page.navigate(
        oriel.url() + "/d/" + board.uid() + "?from=now-30m&to=now&refresh=",
        new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
  }

  private static void take(Slot slot, List<Board> into) throws Exception {
    Listed board = slot.at;
    if (board == null) return;
    Object said = null;
    try {
      said = slot.page.evaluate("window.visited ?? null");
    } catch (PlaywrightException _) {
      // the page goes from one document to the next
    }
    boolean isLate = System.nanoTime() - slot.sinceNanos > PATIENCE.toNanos();
    if (said == null && !isLate) return;
    slot.at = null;
    into.add(
        said == null
            ? new Board(board, List.of(), "the page did not come to rest")
            : read(board, Json.read((String) said)));
  }

  private static Board read(Listed board, JsonNode said) {
    var panels = new ArrayList<Panel>();
    for (JsonNode each : said.path("panels")) {
      var asks = new ArrayList<String>();
      each.path("asks").forEach(ask -> asks.add(ask.asText()));
      panels.add(
          new Panel(
              each.path("id").asText(),
              each.path("kind").asText(),
              each.path("state").asText(),
              asks,
              each.path("words").asText().replaceAll("\\s+", " ")));
    }
    return new Board(board, panels, said.path("says").asText().replaceAll("\\s+", " "));
  }
}
