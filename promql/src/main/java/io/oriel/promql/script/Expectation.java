package io.oriel.promql.script;

import io.oriel.promql.script.Script.SeriesLine;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is compared with.
 *
 * @param scalar null unless a scalar is expected
 * @param text null unless a string is expected
 * @param fails null unless evaluation is to fail
 * @param window null unless an instant query is to give a range vector: where its items stand
 */
record Expectation(
    List<SeriesLine> series,
    @Nullable Double scalar,
    @Nullable String text,
    @Nullable Text fails,
    @Nullable Window window,
    boolean ordered,
    Said warnings,
    Said infos) {

  /** When the first item of an expected range vector stands, the last one, and how far apart. */
  record Window(long fromMs, long toMs, long stepMs) {}

  /** A text, all of it or a part found by a regular expression; any text where neither is said. */
  record Text(@Nullable String whole, @Nullable Pattern part) implements Predicate<String> {
    static final Text ANY = new Text(null, null);

    @Override
    public boolean test(String text) {
      if (whole != null) return whole.equals(text);
      return part == null || part.matcher(text).find();
    }
  }

  /** What is expected to be said beside the answer. */
  record Said(List<Text> each, boolean none, boolean all) {
    static final Said UNWATCHED = new Said(List.of(), false, false);

    /** Why the notes are not what was expected, empty when they are. */
    String problem(List<String> notes, String kind) {
      if (none && !notes.isEmpty()) return "unexpected " + kind + ": " + notes;
      for (Text text : each) {
        if (notes.stream().noneMatch(text)) return "missing " + kind + " " + text + " in " + notes;
      }
      for (String note : notes) {
        if (all && each.stream().noneMatch(text -> text.test(note))) {
          return "unexpected " + kind + ": " + note;
        }
      }
      return "";
    }
  }
}
