package io.oriel.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which pieces of the past are in the store already: a line each, written when the piece is
 * durable. A piece that was killed before its line is written again, with the same samples.
 *
 * <pre>
 *   fleet born 1763679600000
 *   1761091200000 1761285600000
 * </pre>
 */
final class PastLedger {
  private static final String NAME = "past";

  private final Path file;
  private final boolean isOfAnother;
  private final Set<String> done;
  private boolean isTorn;

  private PastLedger(Path file, boolean isOfAnother, Set<String> done) {
    this.file = file;
    this.isOfAnother = isOfAnother;
    this.done = done;
  }

  /**
   * Opens the ledger of a fleet, or begins it.
   *
   * @param folder of the fleet, within the data folder
   */
  static PastLedger open(Path folder, long bornMs) throws IOException {
    Path file = folder.resolve(NAME);
    String head = "fleet born " + bornMs;
    String text = Files.exists(file) ? Files.readString(file) : "";
    if (text.contains("\n")) {
      List<String> lines = text.substring(0, text.lastIndexOf('\n')).lines().toList();
      var found = new PastLedger(file, !lines.getFirst().equals(head), new HashSet<>(lines));
      found.isTorn = !text.endsWith("\n");
      return found;
    }
    Files.createDirectories(folder);
    Files.writeString(
        file,
        head + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.DSYNC);
    return new PastLedger(file, false, new HashSet<>());
  }

  /** Whether the store has the past of another fleet: then it gets none of this one beside it. */
  boolean isOfAnother() {
    return isOfAnother;
  }

  synchronized boolean has(Piece piece) {
    return done.contains(line(piece));
  }

  synchronized void add(Piece piece) throws IOException {
    // a line that was not written whole ends where the next begins
    String line = (isTorn ? "\n" : "") + line(piece) + "\n";
    Files.writeString(file, line, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
    isTorn = false;
    done.add(line(piece));
  }

  private static String line(Piece piece) {
    return piece.fromMs() + " " + piece.toMs();
  }
}
