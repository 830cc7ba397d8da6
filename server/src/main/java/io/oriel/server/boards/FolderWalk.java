package io.oriel.server.boards;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files {@code *.json} below a folder, by name. A link is followed where it leads to something
 * inside the folder (so Kubernetes mounts a ConfigMap), and told where it leads out. Names that
 * begin with a dot are passed over.
 */
final class FolderWalk {
  private static final String ENDING = ".json";

  /**
   * A file that may be a board.
   *
   * @param shown as its owner would name it
   * @param folder below the root, with {@code /}; empty: in it
   * @param below the path below the root, with {@code /}
   * @param real the file itself, no link
   */
  record Found(String shown, String folder, String below, Path real, BasicFileAttributes facts) {}

  private final Limits limits;
  private final List<BoardNote> notes;
  private final List<Found> files = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private long entries;
  private boolean isFull;

  FolderWalk(Limits limits, List<BoardNote> notes) {
    this.limits = limits;
    this.notes = notes;
  }

  /** All files found so far. */
  List<Found> files() {
    return files;
  }

  void walk(Path configured) {
    try {
      Path root = configured.toRealPath();
      if (!Files.isDirectory(root)) throw new IOException("no folder");
      below(new Level(configured, root, root, "", 0));
    } catch (IOException _) {
      notes.add(
          BoardNote.unread(
              configured.toString(),
              "there is no such folder, or Oriel may not read it; make it, or correct dashboards.folders"
                  + " or --dashboards"));
    }
  }

  /** Where the walk is: the configured folder, the real one, this folder, its name below. */
  private record Level(Path configured, Path root, Path real, String below, int depth) {
    String shown(String name) {
      return configured.resolve(below).resolve(name).toString();
    }

    String inner(String name) {
      return below.isEmpty() ? name : below + "/" + name;
    }
  }

  private void below(Level level) {
    if (!seen.add(level.real())) return; // a link to a folder that was walked already
    for (Path entry : entries(level)) {
      if (isFull) return;
      try {
        look(level, entry);
      } catch (IOException _) {
        notes.add(
            BoardNote.unread(
                level.shown(name(entry)),
                "it leads nowhere, or Oriel may not look at it; mend or remove it"));
      }
    }
  }

  private List<Path> entries(Level level) {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(level.real())) {
      for (Path entry : stream) {
        if (name(entry).startsWith(".")) continue;
        if (++entries > limits.of(Limit.BOARD_FOLDER_ENTRIES)) {
          full(level, Limit.BOARD_FOLDER_ENTRIES);
          break;
        }
        found.add(entry);
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      notes.add(
          BoardNote.unread(
              level.shown(""), "Oriel may not list it; let the user that it runs as read it"));
    }
    found.sort(null);
    return found;
  }

  private void look(Level level, Path entry) throws IOException {
    String name = name(entry);
    Path real = entry;
    var facts = attributes(entry);
    if (facts.isSymbolicLink()) {
      real = entry.toRealPath();
      if (!real.startsWith(level.root())) {
        notes.add(
            BoardNote.unread(
                level.shown(name),
                "it is a link that leads out of the folder, and is not followed; put the file itself"
                    + " here, or name its folder too"));
        return;
      }
      facts = attributes(real);
    }
    if (facts.isDirectory()) {
      inner(level, name, real);
    } else if (facts.isRegularFile() && name.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      if (files.size() >= limits.of(Limit.BOARDS)) full(level, Limit.BOARDS);
      else files.add(new Found(level.shown(name), level.below(), level.inner(name), real, facts));
    }
  }

  private void inner(Level level, String name, Path real) {
    int depth = level.depth() + 1;
    if (depth <= limits.of(Limit.BOARD_FOLDER_DEPTH)) {
      below(new Level(level.configured(), level.root(), real, level.inner(name), depth));
      return;
    }
    notes.add(
        BoardNote.unread(
            level.shown(name),
            "it is over the limit of %d %s; move it up, or raise limits.%s"
                .formatted(
                    limits.of(Limit.BOARD_FOLDER_DEPTH),
                    Limit.BOARD_FOLDER_DEPTH.bounds(),
                    Limit.BOARD_FOLDER_DEPTH.key())));
  }

  private void full(Level level, Limit limit) {
    if (isFull) return;
    isFull = true;
    notes.add(
        BoardNote.unread(
            level.shown(""),
            "there are more than %d %s, and what comes behind is not listed; take some away, or raise limits.%s"
                .formatted(limits.of(limit), limit.bounds(), limit.key())));
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }
}
