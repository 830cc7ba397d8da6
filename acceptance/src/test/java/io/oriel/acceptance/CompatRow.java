package io.oriel.acceptance;

import io.oriel.acceptance.BoardVisits.Board;
import io.oriel.acceptance.BoardVisits.Panel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How a board was drawn, in numbers of panels; copies of a repeated one count each.
 *
 * @param panels all
 * @param drawn with data, or with words of their own as a text has
 * @param empty asked, and nothing is there
 * @param error failed, did not come to rest, or the page did
 * @param placeholder named instead of drawn: a kind that Oriel does not draw, or one of logs,
 *     traces and alerts, which it does not keep
 * @param served whose every metric the simulated fleet has
 * @param servedDrawn of these, drawn with data
 */
record CompatRow(
    String file,
    int panels,
    int drawn,
    int empty,
    int error,
    int placeholder,
    int served,
    int servedDrawn) {

  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "unknown",
          "canvas",
          "geomap",
          "xychart",
          "candlestick",
          "flamegraph",
          "datagrid",
          "marcusolsson-treemap-panel",
          "logs",
          "traces",
          "nodeGraph",
          "alertlist",
          "news");

  static CompatRow of(Board board, Set<String> stored) {
    List<Panel> panels = board.panels();
    String file = board.board().file();
    if (panels.isEmpty()) { // the page failed, and all that stands in the file with it
      int lost = board.board().panels();
      return new CompatRow(file, lost, 0, 0, lost, 0, 0, 0);
    }
    List<Panel> served = panels.stream().filter(panel -> isServed(panel, stored)).toList();
    return new CompatRow(
        file,
        panels.size(),
        count(panels, panel -> isDrawn(panel) && !isPlaceholder(panel)),
        count(panels, panel -> panel.state().equals("empty")),
        count(panels, CompatRow::isError),
        count(panels, CompatRow::isPlaceholder),
        served.size(),
        count(served, CompatRow::isDrawn));
  }

  static boolean isServed(Panel panel, Set<String> stored) {
    return !panel.asks().isEmpty()
        && panel.asks().stream().allMatch(ask -> AskedMetrics.areThere(ask, stored));
  }

  static boolean isError(Panel panel) {
    return !isDrawn(panel) && !panel.state().equals("empty");
  }

  static boolean isDrawn(Panel panel) {
    return panel.state().equals("data");
  }

  private static boolean isPlaceholder(Panel panel) {
    return isDrawn(panel) && PLACEHOLDERS.contains(panel.kind());
  }

  private static int count(List<Panel> panels, Predicate<Panel> what) {
    return (int) panels.stream().filter(what).count();
  }

  static CompatRow sum(String name, List<CompatRow> rows) {
    return new CompatRow(
        name,
        sum(rows, CompatRow::panels),
        sum(rows, CompatRow::drawn),
        sum(rows, CompatRow::empty),
        sum(rows, CompatRow::error),
        sum(rows, CompatRow::placeholder),
        sum(rows, CompatRow::served),
        sum(rows, CompatRow::servedDrawn));
  }

  private static int sum(List<CompatRow> rows, ToIntFunction<CompatRow> what) {
    return rows.stream().mapToInt(what).sum();
  }

  /** Of all panels; 0 where there are none. */
  double errorShare() {
    return panels == 0 ? 0 : (double) error / panels;
  }

  /** Of those whose metrics the fleet has; 1 where there are none. */
  double servedShare() {
    return served == 0 ? 1 : (double) servedDrawn / served;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s: %d panels, %d drawn, %d without data, %d errors, %d placeholders; served %d, with data %d (%.1f %%)",
        file,
        panels,
        drawn,
        empty,
        error,
        placeholder,
        served,
        servedDrawn,
        100 * servedShare());
  }
}
