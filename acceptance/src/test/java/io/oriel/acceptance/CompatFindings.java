package io.oriel.acceptance;

import io.oriel.acceptance.BoardVisits.Board;
import io.oriel.acceptance.BoardVisits.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What stands beside the numbers, for whoever mends: a line for each panel that is not as it should
 * be.
 */
final class CompatFindings {
  private static final Path FILE = Path.of("target", "compat", "findings.tsv");

  private CompatFindings() {}

  /**
   * Errors, and panels without data whose metrics are there: board, panel, kind, state, words,
   * queries.
   */
  static void keep(List<Board> boards, Set<String> stored) throws IOException {
    var lines = new ArrayList<String>();
    for (Board board : boards) {
      String file = board.board().file();
      if (board.panels().isEmpty()) lines.add(file + "\t\t\tno panel\t" + board.says());
      for (Panel panel : board.panels()) {
        boolean isLacking = !CompatRow.isDrawn(panel) && CompatRow.isServed(panel, stored);
        if (!CompatRow.isError(panel) && !isLacking) continue;
        lines.add(
            String.join(
                "\t",
                file,
                panel.id(),
                panel.kind(),
                panel.state(),
                panel.words(),
                String.join(" ;; ", panel.asks()).replaceAll("\\s+", " ")));
      }
    }
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, lines);
  }
}
