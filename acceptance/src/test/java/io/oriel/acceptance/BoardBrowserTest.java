package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.oriel.acceptance.Pages.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a person sees them, over this very machine's own numbers. */
class BoardBrowserTest {
  /** Panels that may say that this machine has no such thing, and then must say why. */
  private static final List<String> MAY_BE_EMPTY = List.of("Warmest", "Temperatures");

  /** Long enough for rates over one-second rounds, and for a picture with a line in it. */
  private static final int ROUNDS = Integer.getInteger("oriel.shots.rounds", 30);

  private static Pages pages;
  private static OrielProcess oriel;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    pages = Pages.open();
    Path config = Files.writeString(folder.resolve("oriel.yaml"), "collectors:\n  interval: 1s\n");
    oriel = OrielProcess.up(folder, "--config", config.toString());
    Await.until(
        "there are " + ROUNDS + " rounds",
        Duration.ofSeconds(60 + 2L * ROUNDS),
        () -> Json.number(oriel, "count_over_time(up{job=\"node\"}[1h])") >= ROUNDS);
  }

  @AfterAll
  static void stop() {
    if (oriel != null) oriel.close();
    if (pages != null) pages.close();
  }

  @Test
  void the_first_page_shows_this_machine_with_every_panel_filled() throws Exception {
    Page page = pages.page(Screen.DESK);
    page.navigate(oriel.url() + "/?from=now-5m&to=now");

    assertEveryPanelIsFilled(page);
    Pages.picture(page, "server-health");
    assertNothingSticksOut(page);
    assertThat(Pages.barriers(page)).isEmpty();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void the_first_page_is_whole_in_light_and_on_a_phone() throws Exception {
    for (Screen screen : List.of(Screen.DESK_LIGHT, Screen.PHONE)) {
      Page page = pages.page(screen);
      page.navigate(oriel.url() + "/d/oriel-server-health?from=now-5m&to=now");

      assertEveryPanelIsFilled(page);
      page.evaluate("window.scrollTo(0, 0)");
      Pages.picture(page, "server-health-" + screen.name().toLowerCase(Locale.ROOT));
      assertNothingSticksOut(page);
      assertThat(Pages.barriers(page)).isEmpty();
    }
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void the_targets_page_says_how_each_collector_is() throws Exception {
    Page page = pages.page(Screen.DESK);
    page.navigate(oriel.url() + "/targets");

    page.getByText("All 3 targets answer").first().waitFor();
    assertThat(page.getByText("/proc and /sys").first().isVisible()).isTrue();
    Pages.picture(page, "targets");
    assertNothingSticksOut(page);
    assertThat(Pages.barriers(page)).isEmpty();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void the_explorer_answers_a_query_as_graph_and_table() throws Exception {
    Page page = pages.page(Screen.DESK);
    page.navigate(oriel.url() + "/explore?from=now-5m&to=now&q=" + Json.encode("node_load1"));

    page.locator("canvas").first().waitFor();
    Pages.picture(page, "explore");
    assertNothingSticksOut(page);
    assertThat(Pages.barriers(page)).isEmpty();
    page.navigate(oriel.url() + "/explore?view=table&q=" + Json.encode("node_load1"));
    page.getByRole(AriaRole.TABLE).first().waitFor();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void targets_and_explorer_are_whole_in_light_and_on_a_phone() throws Exception {
    for (Screen screen : List.of(Screen.DESK_LIGHT, Screen.PHONE)) {
      String name = screen.name().toLowerCase(Locale.ROOT);
      Page page = pages.page(screen);
      page.navigate(oriel.url() + "/targets");
      page.getByText("All 3 targets answer").first().waitFor();
      assertNoCellIsCut(page);
      Pages.picture(page, "targets-" + name);
      page.navigate(oriel.url() + "/explore?from=now-5m&to=now&q=" + Json.encode("node_load1"));
      page.locator("canvas").first().waitFor();
      Pages.picture(page, "explore-" + name);

      assertNothingSticksOut(page);
      assertThat(Pages.barriers(page)).isEmpty();
    }
    assertThat(pages.faults()).isEmpty();
  }

  /** A table may be narrower than what it says, but never wider than its box. */
  private static void assertNoCellIsCut(Page page) {
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('table')].every((table) =>"
                    + " table.offsetWidth <= table.parentElement.clientWidth)"))
        .isEqualTo(true);
  }

  @Test
  void the_palette_opens_by_its_keys_and_finds_a_page() {
    Page page = pages.page(Screen.DESK);
    page.navigate(oriel.url() + "/home");
    page.getByText("targets answer").first().waitFor();

    page.keyboard().press("Control+k");
    page.keyboard().type("targ");
    page.keyboard().press("Enter");

    page.waitForURL(url -> url.contains("/targets"));
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void a_page_that_is_not_there_says_so() {
    Page page = pages.page(Screen.DESK);
    page.navigate(oriel.url() + "/no/such/page");

    page.getByText("There is no page at this address").first().waitFor();
  }

  private static void assertEveryPanelIsFilled(Page page) {
    page.locator("[data-panel]").first().waitFor();
    Locator panels = page.locator("[data-panel]");
    int count = panels.count();
    assertThat(count).isGreaterThan(10);
    for (int i = 0; i < count; i++) {
      Locator panel = panels.nth(i);
      panel.scrollIntoViewIfNeeded();
      page.waitForCondition(() -> !"loading".equals(panel.getAttribute("data-state")));
      String text = panel.innerText();
      if (MAY_BE_EMPTY.stream().anyMatch(text::startsWith)) {
        assertThat(panel.getAttribute("data-state")).as(text).isIn("data", "empty");
      } else {
        assertThat(panel.getAttribute("data-state")).as(text).isEqualTo("data");
      }
    }
    page.evaluate("window.scrollTo(0, 0); document.querySelector('main')?.scrollTo(0, 0)");
  }

  /** Nothing is wider than the screen: a page never scrolls sideways. */
  private static void assertNothingSticksOut(Page page) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0);
  }
}
