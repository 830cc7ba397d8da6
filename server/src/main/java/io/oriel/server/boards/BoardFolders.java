package io.oriel.server.boards;

import io.oriel.model.Clock;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The boards of the configured folders as they are now. */
public final class BoardFolders {
  /** So long a list is good: a page that asks twice does not make the disk work twice. */
  private static final long GOOD_MS = 1000;

  private static final Pattern UID =
      Pattern.compile("[A-Za-z0-9_-]{1,100}"); // fits into an address
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9_]+");
  private static final int MOST_OF_A_NAME = 31;
  private static final int HASH_BYTES = 4;

  /**
   * What there is.
   *
   * @param boards folder by folder as configured, by name in each
   * @param notes files that are none, and other things to know
   */
  public record Contents(List<BoardFile> boards, List<BoardNote> notes) {
    static final Contents NONE = new Contents(List.of(), List.of());
  }

  private final Supplier<Set<String>> taken;
  private final Limits limits;
  private final Clock clock;
  private List<Path> folders = List.of();
  private Map<Path, Known> known = Map.of();
  private Contents contents = Contents.NONE;
  private long lookedMs = Long.MIN_VALUE / 2;

  /** A file as it was read: what it said holds while time, size and identity stay. */
  private record Known(FileTime changed, long size, @Nullable Object key, Reading said) {
    boolean isStill(FolderWalk.Found file) {
      var facts = file.facts();
      return changed.equals(facts.lastModifiedTime())
          && size == facts.size()
          && Objects.equals(key, facts.fileKey());
    }
  }

  /**
   * @param taken uids that other boards have
   */
  public BoardFolders(Supplier<Set<String>> taken, Limits limits, Clock clock) {
    this.taken = taken;
    this.limits = limits;
    this.clock = clock;
  }

  /** These folders from now on, the first wins where two files have one uid. */
  public synchronized void use(List<Path> folders) {
    this.folders = List.copyOf(folders);
    lookedMs = Long.MIN_VALUE / 2;
  }

  public synchronized List<Path> folders() {
    return folders;
  }

  /** The boards, at most a second old. */
  public synchronized Contents contents() {
    if (folders.isEmpty()) return Contents.NONE;
    long now = clock.millis();
    if (now - lookedMs >= GOOD_MS || now < lookedMs) {
      contents = look();
      lookedMs = now;
    }
    return contents;
  }

  private Contents look() {
    var notes = new ArrayList<BoardNote>();
    var walk = new FolderWalk(limits, notes);
    folders.forEach(walk::walk);
    var boards = new ArrayList<BoardFile>();
    var owners = new HashMap<String, String>();
    taken.get().forEach(uid -> owners.put(uid, "a shipped dashboard"));
    var next = new HashMap<Path, Known>();
    for (FolderWalk.Found file : walk.files()) {
      Known now = read(file);
      next.put(file.real(), now);
      switch (now.said()) {
        case BoardFacts facts -> boards.add(named(board(file, facts), file, owners, notes));
        case Unreadable wrong -> notes.add(wrong.of(file.shown()));
      }
    }
    known = next;
    return new Contents(List.copyOf(boards), List.copyOf(notes));
  }

  private Known read(FolderWalk.Found file) {
    Known before = known.get(file.real());
    if (before != null && before.isStill(file)) return before;
    var facts = file.facts();
    Reading said;
    try {
      said = BoardFacts.of(BoardText.bytes(file.real(), limits), limits);
    } catch (Unreadable wrong) {
      said = wrong;
    }
    return new Known(facts.lastModifiedTime(), facts.size(), facts.fileKey(), said);
  }

  private BoardFile board(FolderWalk.Found file, BoardFacts facts) {
    String name = file.below().substring(file.below().lastIndexOf('/') + 1);
    return new BoardFile(
        file.shown(),
        file.folder(),
        facts.uid,
        facts.title.isBlank() ? name.substring(0, name.lastIndexOf('.')) : facts.title,
        facts.description,
        List.copyOf(facts.tags),
        facts.panels,
        () -> text(file));
  }

  /** The board under a uid that no other has: its own, or one made of where it lies. */
  private static BoardFile named(
      BoardFile board, FolderWalk.Found file, Map<String, String> owners, List<BoardNote> notes) {
    String own = board.uid();
    boolean fits = UID.matcher(own).matches();
    if (fits && owners.putIfAbsent(own, board.file()) == null) return board;
    String made = uidOf(file.below());
    while (owners.putIfAbsent(made, board.file()) != null)
      made += "_"; // the same path in two folders
    String why =
        fits
            ? "its uid %s is that of %s too".formatted(own, owners.get(own))
            : "its uid does not fit into an address";
    if (!own.isEmpty()) {
      String remedy = "; it is listed as %s: give it a uid of its own".formatted(made);
      notes.add(new BoardNote(board.file(), 0, 0, true, why + remedy));
    }
    return board.withUid(made);
  }

  /** The same for the same path on every start: its words, and a hash where words are alike. */
  static String uidOf(String below) {
    String path = below.substring(0, below.lastIndexOf('.'));
    String words = OTHERS.matcher(path.toLowerCase(Locale.ROOT)).replaceAll("-");
    String start = words.substring(0, Math.min(MOST_OF_A_NAME, words.length()));
    return start + "-" + hash(below);
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private byte[] text(FolderWalk.Found file) {
    try {
      return BoardText.bytes(file.real(), limits);
    } catch (Unreadable wrong) {
      throw new Refusal.NotFound(
          file.shown() + " can't be shown: " + wrong.says(), "then ask again");
    }
  }
}
