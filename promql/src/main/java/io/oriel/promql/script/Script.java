package io.oriel.promql.script;

import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the test language, cut into commands. */
public final class Script {
  /** One thing to do. */
  sealed interface Command {
    int line();

    record Clear(int line) implements Command {}

    record Load(int line, long stepMs, boolean withNativeHistograms, List<SeriesLine> series)
        implements Command {}

    record Eval(int line, Question question, Expectation expected) implements Command {}

    /** What can't be read; told when its turn comes. */
    record Broken(int line, String text, String reason) implements Command {}
  }

  /**
   * What is asked.
   *
   * @param stepMs 0 for an instant query
   */
  record Question(String query, long startMs, long endMs, long stepMs) {
    boolean instant() {
      return stepMs == 0;
    }
  }

  /**
   * A series with its samples, loaded or expected.
   *
   * @param starts when their counters began, an item a sample; empty where nobody says
   */
  record SeriesLine(Labels labels, List<Sequence.Item> starts, List<Sequence.Item> items) {}

  private static final Pattern LOAD = Pattern.compile("^load(?:_(with_nhcb))?\\s+(.+?)$");
  private static final Pattern INSTANT =
      Pattern.compile(
          "^eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+(?:at\\s+(.+?))?\\s+(.+)$");
  private static final Pattern RANGE =
      Pattern.compile(
          "^eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+?)\\s+(.+)$");

  private final String[] lines;
  private final List<Command> commands = new ArrayList<>();
  private int at;
  private int reading; // the number of the line that is read, from 1

  private Script(String text) {
    lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      lines[i] = line.startsWith("#") ? "" : line;
    }
  }

  /** Reads a whole file. What is wrong in it becomes a case that fails. */
  public static Script parse(String text) {
    var script = new Script(text);
    script.readAll();
    return script;
  }

  List<Command> commands() {
    return commands;
  }

  private void readAll() {
    while (at < lines.length) {
      String line = lines[at];
      reading = at + 1;
      String word = line.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (word.isEmpty()) {
        at++;
        continue;
      }
      try {
        commands.add(command(word));
      } catch (IllegalArgumentException e) {
        String text = lines[reading - 1];
        commands.add(new Command.Broken(reading, text, String.valueOf(e.getMessage())));
        skipBlock();
      }
    }
  }

  private void skipBlock() {
    while (at < lines.length && !lines[at].isEmpty()) at++;
  }

  private Command command(String word) {
    if (word.equals("clear")) return new Command.Clear(++at);
    if (word.startsWith("load")) return load();
    if (word.startsWith("eval")) return eval();
    throw new IllegalArgumentException("a command is load, eval or clear, not: " + lines[at++]);
  }

  private Command load() {
    int number = at + 1;
    Matcher parts = LOAD.matcher(lines[at++]);
    if (!parts.matches()) throw new IllegalArgumentException("load needs a step");
    long stepMs = Sequence.duration(parts.group(2));
    var series = new ArrayList<SeriesLine>();
    for (; at < lines.length && !lines[at].isEmpty(); at++) {
      reading = at + 1;
      series.add(startsAt(lines[at]) < 0 ? seriesLine(lines[at]) : seriesWithStarts());
    }
    return new Command.Load(number, stepMs, parts.group(1) != null, series);
  }

  private Command eval() {
    int number = at + 1;
    String line = lines[at++];
    Matcher instant = INSTANT.matcher(line);
    if (instant.matches()) {
      String time = instant.group(2);
      long timeMs = time == null ? 0 : Sequence.duration(time);
      var question = new Question(instant.group(3), timeMs, timeMs, 0);
      return new Command.Eval(number, question, expectation(instant.group(1)));
    }
    Matcher range = RANGE.matcher(line);
    if (!range.matches()) throw new IllegalArgumentException("no eval command: " + line);
    var question =
        new Question(
            range.group(5),
            Sequence.duration(range.group(2)),
            Sequence.duration(range.group(3)),
            Sequence.duration(range.group(4)));
    return new Command.Eval(number, question, expectation(range.group(1)));
  }

  private Expectation expectation(@org.jspecify.annotations.Nullable String oldForm) {
    var reader = new ExpectationReader(oldForm == null ? "" : oldForm);
    for (; at < lines.length && !lines[at].isEmpty(); at++) {
      reading = at + 1;
      if (reader.read(lines[at])) {
        at++;
        break;
      }
    }
    return reader.expectation();
  }

  static SeriesLine seriesLine(String line) {
    int end = SeriesText.end(line);
    String series = line.substring(0, end).strip();
    String sequence = line.substring(end);
    return new SeriesLine(SeriesText.labels(series), List.of(), Sequence.parse(sequence));
  }

  /** Where the start times begin in a line that tells them, -1 in another one. */
  private static int startsAt(String line) {
    int end = SeriesText.end(line);
    return line.startsWith("@st", end) ? end + 3 : -1;
  }

  /** A line of start times, and the one of the same series below it. */
  private SeriesLine seriesWithStarts() {
    String line = lines[at];
    int from = startsAt(line);
    Labels labels = SeriesText.labels(line.substring(0, from - 3).strip());
    List<Sequence.Item> starts = StartSequence.parse(line.substring(from));
    boolean followed = at + 1 < lines.length && !lines[at + 1].isEmpty();
    if (!followed || startsAt(lines[at + 1]) >= 0) {
      throw new IllegalArgumentException("@st line has no following sample line");
    }
    SeriesLine samples = seriesLine(lines[++at]);
    if (!samples.labels().equals(labels)) {
      throw new IllegalArgumentException(
          "@st metric does not match the following sample line metric");
    }
    if (samples.items().size() != starts.size()) {
      throw new IllegalArgumentException(
          "@st line has %d values but sample line has %d"
              .formatted(starts.size(), samples.items().size()));
    }
    return new SeriesLine(labels, starts, samples.items());
  }
}
