package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.oriel.acceptance.Pages.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The pages while a real Prometheus, which keeps the metrics, is there, away, and back. */
@TestMethodOrder(OrderAnnotation.class)
class EngineBrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SILENT = "The metrics engine does not answer since";
  private static final List<String> TOUCHED =
      List.of(
          "home", "d/oriel-server-health", "targets", "explore?q=node_load1", "series", "settings");

  @TempDir static Path folder;
  private static String program;
  private static int enginePort;
  private static Pages pages;
  private static OrielProcess oriel;
  private static Peer engine;

  @BeforeAll
  static void start() throws Exception {
    program = Peer.program("prometheus", "prometheus");
    pages = Pages.open();
    enginePort = Ports.free();
    Path config =
        Files.writeString(
            folder.resolve("oriel.yaml"),
            """
            collectors: {interval: 1s}
            metrics: {engine: prometheus, url: "http://127.0.0.1:%d"}
            """
                .formatted(enginePort));
    engine = engine();
    oriel = OrielProcess.up(folder, "--config", config.toString());
    Await.until(
        "there are some rounds",
        PATIENCE,
        () -> Json.number(oriel, "count_over_time(up{job=\"node\"}[1h])") >= 12);
  }

  private static Peer engine() throws Exception {
    Path config = Files.writeString(folder.resolve("engine.yml"), "scrape_configs: []\n");
    return Peer.start(
        folder,
        "http://127.0.0.1:" + enginePort + "/-/ready",
        program,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("engine-data"),
        "--web.enable-remote-write-receiver",
        "--web.listen-address=127.0.0.1:" + enginePort);
  }

  @AfterAll
  static void stop() {
    if (oriel != null) oriel.close();
    if (engine != null) engine.close();
    if (pages != null) pages.close();
  }

  @Test
  @Order(1)
  void as_long_as_it_is_there_pages_notice_nothing() throws Exception {
    for (String path : TOUCHED) {
      Page page = open(Screen.DESK, path);
      if (path.equals("series")) page.getByText("The metrics engine holds").waitFor();
      if (path.startsWith("explore")) page.locator("canvas").first().waitFor();
      assertThat(page.getByText("The metrics engine does not").count()).as(path).isZero();
      page.context().close();
    }
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  @Order(2)
  void while_it_is_away_every_page_says_so_and_keeps_what_it_has_and_says_when_it_is_back()
      throws Exception {
    Page open = open(Screen.DESK, "d/oriel-server-health");
    open.waitForCondition(() -> panels(open, "data").size() > 5);
    List<String> shown = panels(open, "data");

    engine.close();
    open.getByText(SILENT).waitFor();
    Await.until("queries are refused", PATIENCE, () -> waits(oriel));
    assertThat(panels(open, "error")).doesNotContainAnyElementsOf(shown);
    Pages.picture(open, "engine-lost-board");
    for (Screen screen : List.of(Screen.DESK, Screen.PHONE)) {
      for (String path : TOUCHED) assertSaid(screen, path);
    }

    engine = engine();
    open.getByText("The metrics engine answers again after").waitFor();
    open.waitForCondition(() -> open.getByText(SILENT).count() == 0);
    Page explore = open(Screen.DESK, "explore?q=node_load1");
    explore.locator("canvas").first().waitFor();
    assertThat(explore.getByText(SILENT).count()).isZero();
  }

  private static boolean waits(OrielProcess oriel) throws Exception {
    return Json.read(oriel.get("/api/v1/oriel/engine")).at("/pendingBytes").asLong() > 100_000;
  }

  private static void assertSaid(Screen screen, String path) throws Exception {
    Page page = open(screen, path);
    page.getByText(SILENT).waitFor();
    page.getByText("of 4 GiB wait").waitFor();
    assertThat(page.getByText("waits here and goes there by itself").isVisible()).isTrue();
    if (path.startsWith("series")) {
      page.getByText("The metrics engine does not tell what it holds").waitFor();
    }
    if (path.startsWith("home")) {
      page.getByText("what they send waits for the metrics engine").first().waitFor();
    }
    String name = path.replaceAll("[?].*", "").replace("d/oriel-", "");
    Pages.picture(page, "engine-down-" + name + "-" + screen.name().toLowerCase(Locale.ROOT));
    int over =
        (int)
            page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(over).as(path + " is wider than the window").isZero();
    assertThat(Pages.barriers(page)).as(path).isEmpty();
    page.context().close();
  }

  private static Page open(Screen screen, String path) {
    Page page = pages.page(screen);
    String and = path.contains("?") ? "&" : "?";
    page.navigate(oriel.url() + "/" + path + and + "from=now-5m&to=now&refresh=2s");
    return page;
  }

  /** The ids of the panels that are in such a state. */
  @SuppressWarnings("unchecked") // an array of strings there is a list of strings here
  private static List<String> panels(Page page, String state) {
    var found = page.locator("[data-panel][data-state='" + state + "']");
    return (List<String>) found.evaluateAll("all => all.map(each => each.dataset.panel)");
  }
}
