package io.oriel.simulate;

import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a fleet began and what it was switched to since: enough to be the same fleet after a
 * restart, since all else follows from the seed. Without a file it is forgotten with the process.
 *
 * <pre>
 *   born 1763679600000 past 2592000000 seed 1
 *   1763683200000 high-load
 * </pre>
 */
final class Diary {
  private static final Logger log = LoggerFactory.getLogger(Diary.class);
  private static final String NAME = "fleet";

  /** What came before is stepped over at each start: ten seconds at most. */
  private static final Duration OLDEST = Duration.ofDays(30);

  /** From a moment on, milliseconds since 1970, a scenario played. */
  private record Entry(long ms, Scenario scenario) {}

  private final @Nullable Path file;
  private final long bornMs;
  private final Duration past;
  private final List<Entry> entries;

  private Diary(@Nullable Path file, long bornMs, Duration past, List<Entry> entries) {
    this.file = file;
    this.bornMs = bornMs;
    this.past = past;
    this.entries = entries;
  }

  /** The diary of a fleet that begins now, or of one that goes on. */
  static Diary open(SimulationSettings settings, long nowMs) throws IOException {
    if (!settings.goesOn()) return new Diary(null, nowMs, settings.past(), List.of());
    Path file = settings.folder().resolve(NAME);
    Diary before = read(file, settings);
    if (before != null && nowMs - before.bornMs < OLDEST.toMillis() && nowMs >= before.bornMs) {
      return before;
    }
    Duration past = before == null ? settings.past() : SimulationSettings.SHORT_PAST;
    var begun = new Diary(file, nowMs, past, List.of());
    Files.createDirectories(settings.folder());
    Files.writeString(
        file,
        "born %d past %d seed %d\n".formatted(nowMs, past.toMillis(), settings.seed()),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.DSYNC);
    return begun;
  }

  /** Null where there is none, or none of that seed. */
  private static @Nullable Diary read(Path file, SimulationSettings settings) throws IOException {
    if (!Files.exists(file)) return null;
    List<String> lines = Files.readAllLines(file);
    String first = lines.isEmpty() ? "" : lines.getFirst();
    if (!first.matches("born [0-9]{1,15} past [0-9]{1,15} seed " + settings.seed())) return null;
    String[] words = first.split(" ", -1);
    var entries = new ArrayList<Entry>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", -1);
      Scenario scenario = parts.length == 2 ? Scenario.of(parts[1]) : null;
      if (scenario == null || !parts[0].matches("[0-9]{1,15}")) break; // not written whole
      entries.add(new Entry(Long.parseLong(parts[0]), scenario));
    }
    Duration past = Duration.ofMillis(Long.parseLong(words[3]));
    return new Diary(file, Long.parseLong(words[1]), past, entries);
  }

  /** When the fleet was started for the first time: what lies before is its past. */
  long bornMs() {
    return bornMs;
  }

  Duration past() {
    return past;
  }

  /** Plans what it was switched to since. */
  void replay(World world) {
    for (Entry each : entries) world.plan(each.ms(), each.scenario());
  }

  /** Notes a switch. */
  void note(long ms, Scenario scenario) {
    if (file == null) return;
    try {
      Files.writeString(
          file,
          "%d %s\n".formatted(ms, scenario.key()),
          StandardOpenOption.APPEND,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      log.warn("scenario not noted folder={} reason={}", file.getParent(), e.toString());
    }
  }
}
