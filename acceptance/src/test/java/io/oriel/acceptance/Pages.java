package io.oriel.acceptance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The system's Chromium, without a window. Pages remember what went wrong while they were open. */
final class Pages implements AutoCloseable {
  /** What a page is looked at with. */
  enum Screen {
    DESK(1440, 900, ColorScheme.DARK),
    DESK_LIGHT(1440, 900, ColorScheme.LIGHT),
    PHONE(390, 844, ColorScheme.DARK);

    final int width;
    final int height;
    final ColorScheme theme;

    Screen(int width, int height, ColorScheme theme) {
      this.width = width;
      this.height = height;
      this.theme = theme;
    }
  }

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> faults = new ArrayList<>();

  private Pages(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts the browser; the test is skipped, with one line, where there is none. */
  static Pages open() {
    String chromium = Peer.program("chromium", "chromium");
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(Path.of(chromium))
            .setArgs(
                List.of(
                    "--no-sandbox", // tests may run as root, where Chromium refuses its sandbox
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--force-color-profile=srgb"));
    return new Pages(playwright, playwright.chromium().launch(options));
  }

  Page page(Screen screen) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(screen.theme)
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setHasTouch(screen == Screen.PHONE));
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) faults.add("console: " + message.text());
    });
    page.onPageError(error -> faults.add("page: " + error));
    page.onResponse(answer -> {
      if (answer.status() >= 400) faults.add(answer.status() + ": " + answer.url());
    });
    page.setDefaultTimeout(20_000);
    return page;
  }

  /**
   * What axe-core, which the pages' own build brings, finds seriously wrong for people who see,
   * hear or point differently: one line a finding.
   */
  static List<?> barriers(Page page) throws IOException {
    Path axe = Path.of(System.getProperty("oriel.root"), "ui/node_modules/axe-core/axe.min.js");
    page.evaluate(Files.readString(axe));
    return (List<?>)
        page.evaluate(
            """
            () => axe.run(document, { resultTypes: ['violations'] }).then((found) =>
              found.violations
                .filter((one) => one.impact === 'serious' || one.impact === 'critical')
                .map((one) => one.id + ': ' + one.nodes.map((node) => node.target).join(', ')))
            """);
  }

  /** Console errors, uncaught exceptions and failed requests of all pages so far. */
  List<String> faults() {
    return faults;
  }

  /** Keeps a picture of what the page shows, under the folder that the build names. */
  static void picture(Page page, String name) {
    Path folder = Path.of(System.getProperty("oriel.shots", "target/shots"));
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
