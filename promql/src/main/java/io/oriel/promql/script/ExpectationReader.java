package io.oriel.promql.script;

import io.oriel.promql.expr.Quoting;
import io.oriel.promql.script.Expectation.Said;
import io.oriel.promql.script.Expectation.Text;
import io.oriel.promql.script.Expectation.Window;
import io.oriel.promql.script.Script.SeriesLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines below an {@code eval}. */
final class ExpectationReader {
  private static final Pattern EXPECT =
      Pattern.compile(
          "^expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(regex|msg):(.+))?$");
  private static final Pattern STRING = Pattern.compile("^expect\\s+string\\s+(.+)$");
  private static final Pattern WINDOW =
      Pattern.compile("^expect\\s+range\\s+vector\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+)$");
  private static final Pattern OLD_FAIL =
      Pattern.compile("^expected_fail_(message|regexp)\\s+(.+)$");
  private static final Pattern SCALAR =
      Pattern.compile(
          "[+-]?(?:0[xX][0-9a-fA-F]+|[\\d_]*\\.?[\\d_]*(?:[eE][+-]?\\d+)?|(?i:inf|nan))");

  private final List<SeriesLine> series = new ArrayList<>();
  private final List<Text> warnings = new ArrayList<>();
  private final List<Text> infos = new ArrayList<>();
  private boolean noWarning;
  private boolean noInfo;
  private boolean allListed;
  private boolean ordered;
  private @Nullable Double scalar;
  private @Nullable String text;
  private @Nullable Text fails;
  private @Nullable Window window;

  ExpectationReader(String oldForm) {
    allListed = oldForm.isEmpty();
    switch (oldForm) {
      case "fail" -> fails = Text.ANY;
      case "warn" -> warnings.add(Text.ANY);
      case "info" -> infos.add(Text.ANY);
      case "ordered" -> ordered = true;
      default -> {}
    }
  }

  /** True when the line ends the block: nothing of it can follow. */
  boolean read(String line) {
    Matcher oldFail = OLD_FAIL.matcher(line);
    if (oldFail.matches()) {
      fails = text(oldFail.group(1).equals("message") ? "msg" : "regex", oldFail.group(2));
      return true;
    }
    if (line.startsWith("expect ") || line.startsWith("expect\t")) {
      expect(line);
      return false;
    }
    if (SCALAR.matcher(line).matches()) {
      scalar = scalar(line);
      return true;
    }
    series.add(Script.seriesLine(line));
    return false;
  }

  private static double scalar(String line) {
    String plain = line.replace("_", "");
    if (plain.matches("[+-]?0[xX].*")) return Long.decode(plain);
    return Sequence.number(plain);
  }

  private void expect(String line) {
    Matcher string = STRING.matcher(line);
    Matcher windowed = WINDOW.matcher(line);
    Matcher expect = EXPECT.matcher(line);
    if (string.matches()) {
      text = Quoting.unquote(string.group(1));
    } else if (windowed.matches()) {
      window =
          new Window(
              Sequence.duration(windowed.group(1)),
              Sequence.duration(windowed.group(2)),
              Sequence.duration(windowed.group(3)));
    } else if (expect.matches()) {
      expect(expect.group(1), text(expect.group(2), expect.group(3)));
    } else {
      throw new IllegalArgumentException("nothing that can be expected: " + line);
    }
  }

  private static Text text(@Nullable String kind, @Nullable String text) {
    if (kind == null || text == null) return Text.ANY;
    String trimmed = text.strip();
    return kind.equals("msg") ? new Text(trimmed, null) : new Text(null, Pattern.compile(trimmed));
  }

  private void expect(String what, Text about) {
    switch (what) {
      case "ordered" -> ordered = true;
      case "fail" -> fails = about;
      case "warn" -> warnings.add(about);
      case "info" -> infos.add(about);
      case "no_warn" -> noWarning = true;
      default -> noInfo = true;
    }
  }

  Expectation expectation() {
    return new Expectation(
        series,
        scalar,
        text,
        fails,
        window,
        ordered,
        said(warnings, noWarning),
        said(infos, noInfo));
  }

  private Said said(List<Text> each, boolean none) {
    return new Said(each, none, allListed && !each.isEmpty());
  }
}
