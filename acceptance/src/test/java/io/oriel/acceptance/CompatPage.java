package io.oriel.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code docs/dashboards-compat.md}: written from what was seen, and read to compare. */
final class CompatPage {
  private static final int COLUMNS = 8;

  private CompatPage() {}

  private static Path page() {
    return Path.of(System.getProperty("oriel.root"), "docs", "dashboards-compat.md");
  }

  static void write(List<CompatRow> rows) throws IOException {
    var text = new StringBuilder();
    CompatRow all = CompatRow.sum("all", rows);
    text.append(
        String.format(
            Locale.ROOT,
            """
            # Dashboards of the field, and how they are drawn

            Written by `CompatBrowserTest`: a browser opens each of %d public dashboards over the last half hour of the simulated fleet, opens their rows, waits until every
            panel is at rest, and counts. Copies of a repeated panel count each. Most of these boards are about systems that the fleet does not have (Kubernetes, databases, proxies): their panels are without data
            here, and say why. "Served" are panels that ask for nothing but metrics that are in the store; some of these ask for labels or values that the fleet does not have.

            - Without an error: **%.2f %%** of %d panels (to reach: 99 %%).
            - With data, where the fleet has the metrics: **%.1f %%** of %d panels (to reach: 90 %%).
            - Placeholders, for kinds that are not drawn, and for logs, traces and alerts, which are not kept yet: %d panels.

            Anew: `mvn -pl acceptance -am test -Dtest=CompatBrowserTest -Dsurefire.failIfNoSpecifiedTests=false -Doriel.rewrite=true`; what a panel said stands in `acceptance/target/compat/`.

            | board | panels | drawn | without data | errors | placeholders | served | of these with data |
            |---|---|---|---|---|---|---|---|
            """,
            rows.size(),
            100 * (1 - all.errorShare()),
            all.panels(),
            100 * all.servedShare(),
            all.served(),
            all.placeholder()));
    for (CompatRow row : rows) text.append(line(row));
    text.append(line(all));
    Files.writeString(page(), text);
  }

  private static String line(CompatRow row) {
    return "| %s | %d | %d | %d | %d | %d | %d | %d |%n"
        .formatted(
            row.file(),
            row.panels(),
            row.drawn(),
            row.empty(),
            row.error(),
            row.placeholder(),
            row.served(),
            row.servedDrawn());
  }

  /** What the page says of these boards; nothing of those that it does not know. */
  static List<CompatRow> read(List<String> files) throws IOException {
    Set<String> wanted = Set.copyOf(files);
    return Files.readAllLines(page()).stream()
        .filter(line -> line.startsWith("| ") && line.contains(".json |"))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
        .filter(cells -> cells.length == COLUMNS && wanted.contains(cells[0]))
        .map(CompatPage::row)
        .toList();
  }

  private static CompatRow row(String[] cells) {
    var numbers = new int[COLUMNS];
    for (int i = 1; i < COLUMNS; i++) numbers[i] = Integer.parseInt(cells[i]);
    return new CompatRow(
        cells[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7]);
  }
}
