package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.oriel.acceptance.Pages.Screen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The explorer as a person uses it: a query in words, help on functions, what is said of an answer.
 */
class ExploreBrowserTest {
  private static final String SHARE =
      "100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[1m])))";
  private static final String LONG =
      "sum by (instance) (rate(node_cpu_seconds_total{mode!~\"idle|iowait\"}[1m]))"
          + " / on (instance) group_left () count by (instance) (count by (instance, cpu)"
          + " (node_cpu_seconds_total)) > 0.001";

  private static Pages pages;
  private static OrielProcess oriel;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    pages = Pages.open();
    Path config = Files.writeString(folder.resolve("oriel.yaml"), "collectors:\n  interval: 1s\n");
    oriel = OrielProcess.up(folder, "--config", config.toString());
    Await.until(
        "there are 10 rounds",
        Duration.ofSeconds(60),
        () -> Json.number(oriel, "count_over_time(up{job=\"node\"}[1h])") >= 10);
  }

  @AfterAll
  static void stop() {
    if (oriel != null) oriel.close();
    if (pages != null) pages.close();
  }

  @Test
  void a_query_stands_there_in_words_and_each_part_lights_up_in_the_editor() throws Exception {
    Page page = open(Screen.DESK, SHARE);

    Locator words = words(page);
    assertThat(words.innerText()).contains("In words:", "100 times (1 minus this)");
    words.getByText("the last minute").hover();
    assertThat(page.locator(".cm-pointed").innerText()).isEqualTo("1m");
    words.locator("code", new Locator.LocatorOptions().setHasText("instance")).last().hover();

    help(page, "avg(instant vector)").waitFor();
    assertThat(page.locator(".cm-pointed").first().innerText()).startsWith("avg");
    Pages.picture(page, "explore-words");
    assertThat(Pages.barriers(page)).isEmpty();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void the_words_can_be_gone_through_by_keys_and_lead_into_the_editor() {
    Page page = open(Screen.DESK, "rate(node_context_switches_total[1m])");
    Locator words = words(page);

    words.focus();
    page.keyboard().press("ArrowRight");
    page.waitForCondition(
        () -> page.locator(".cm-pointed").innerText().equals("node_context_switches_total"));

    page.keyboard().press("Enter");
    page.keyboard().insertText("node_forks_total");
    page.waitForCondition(() -> words.innerText().contains("growth of node_forks_total"));
    page.keyboard().press("Home");
    page.keyboard().press("Control+i");
    help(page, "rate(range vector)").waitFor();
    Pages.picture(page, "explore-help");
    page.keyboard().press("Escape");
    assertThat(help(page, "rate(range vector)").count()).isZero();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void a_long_query_is_told_in_lines_in_both_themes_and_on_a_phone() throws Exception {
    for (Screen screen : Screen.values()) {
      Page page = open(screen, LONG);

      assertThat(words(page).innerText())
          .contains("the first divided by the second", "the first: ");
      page.locator("canvas").first().waitFor();
      Pages.picture(page, "explore-words-" + screen.name().toLowerCase(Locale.ROOT));
      assertNothingSticksOut(page);
      assertThat(Pages.barriers(page)).isEmpty();
    }
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void what_the_server_says_of_an_answer_stands_with_it_and_shows_its_part() throws Exception {
    for (Screen screen : List.of(Screen.DESK, Screen.DESK_LIGHT, Screen.PHONE)) {
      Page page = open(screen, "rate(node_load5[1m]) or quantile(1.5, node_load1)");

      Locator notes = page.getByRole(AriaRole.LIST, named("What the server says about the answer"));
      notes.waitFor();
      assertThat(notes.innerText()).contains("quantile value should be between 0 and 1");
      assertThat(notes.innerText()).contains("metric might not be a counter");
      page.getByRole(AriaRole.BUTTON, named("1.5 at 1:34")).click();
      assertThat(page.evaluate("getSelection().toString()")).isEqualTo("1.5");
      Pages.picture(page, "explore-notes-" + screen.name().toLowerCase(Locale.ROOT));
      assertNothingSticksOut(page);
      assertThat(Pages.barriers(page)).isEmpty();
    }
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void what_is_wrong_with_a_text_is_told_while_it_is_written() throws Exception {
    Page page = open(Screen.DESK, "node_load1");
    Locator editor = page.locator(".cm-content").first();

    editor.fill("rate(node_load1)");

    page.getByText(Pattern.compile("Not a query yet: .*expected type range vector")).waitFor();
    page.locator(".cm-lintRange-error").first().waitFor();
    assertThat(page.locator(".cm-lintRange-error").first().innerText()).isEqualTo("node_load1");
    page.keyboard().press("Escape"); // what completion has offered meanwhile
    Pages.picture(page, "explore-wrong");
    assertThat(Pages.barriers(page)).isEmpty();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void a_function_is_completed_with_its_documentation_from_the_server() throws Exception {
    Page page = open(Screen.DESK, "");
    Locator editor = page.locator(".cm-content").first();

    editor.click();
    page.keyboard().type("hist");

    page.locator(".cm-tooltip-autocomplete").waitFor();
    help(page, "histogram_avg(instant vector)").waitFor();
    Pages.picture(page, "explore-completion");
    page.keyboard().press("Control+a");
    page.keyboard().type("node_loa");
    page.locator(".cm-tooltip-autocomplete").getByText("node_load15").waitFor();
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void the_editor_keeps_what_was_run() {
    Page page = open(Screen.DESK, "");
    Locator editor = page.locator(".cm-content").first();

    for (String query : List.of("node_load1", "node_load1 >= 0")) {
      editor.click();
      page.keyboard().press("Control+a");
      page.keyboard().insertText(query);
      page.keyboard().press("Control+Enter");
      page.waitForURL(
          Pattern.compile("[?&]q=" + Pattern.quote(asked(query)) + "(&|$)").asPredicate());
      page.locator("canvas").first().waitFor();
      page.waitForTimeout(300); // what would take it back does so soon

      assertThat(editor.innerText()).isEqualTo(query);
    }
    assertThat(pages.faults()).isEmpty();
  }

  @Test
  void nothing_moves_when_the_words_and_the_answer_arrive() {
    Page page = pages.page(Screen.DESK);
    page.addInitScript(
        """
        window.shifts = [];
        new PerformanceObserver((list) => list.getEntries().forEach((one) => window.shifts.push(
          one.value + ' ' + one.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)))))
          .observe({ type: 'layout-shift', buffered: true });
        """);
    page.navigate(oriel.url() + "/explore?from=now-5m&to=now&q=" + Json.encode(SHARE));

    words(page);
    page.locator("canvas").first().waitFor();
    page.waitForTimeout(300);

    assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
  }

  private static Page open(Screen screen, String query) {
    Page page = pages.page(screen);
    page.navigate(oriel.url() + "/explore?from=now-5m&to=now&q=" + Json.encode(query));
    page.locator(".cm-content").first().waitFor();
    return page;
  }

  /** A query as the page itself writes it into its address. */
  private static String asked(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static Locator words(Page page) {
    Locator words = page.getByLabel(Pattern.compile("^Query A in words"));
    words.waitFor();
    return words;
  }

  /** The signature that stands in the help on a word. */
  private static Locator help(Page page, String signature) {
    return page.locator("code", new Page.LocatorOptions().setHasText(signature));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Nothing is wider than the screen: a page never scrolls sideways. */
  private static void assertNothingSticksOut(Page page) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0);
  }
}
