package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Rows.Row;
import io.oriel.model.Labels;
import io.oriel.model.testing.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Rounds on one data folder: a store is written to in a process of its own, killed at a random
 * moment, its files are damaged in some rounds, and it is opened again. What was acknowledged is
 * there once, bit by bit; what is there was sent. By seed; the same seed kills at the same moments,
 * as far as a machine does the same twice.
 */
final class CrashRounds {
  private static final int MOST_MS = 1200; // a process lives so long behind its first sample

  private final Path folder;
  private final long seed;
  private final boolean damaging;
  private final Random random;
  private final long zeroMs = System.currentTimeMillis();
  private final FastClock clock = new FastClock(zeroMs, CrashingProcess.TIMES);
  private final List<TreeSet<Long>> sent = new ArrayList<>(); // by writer: times of batches
  private final List<TreeSet<Long>> kept = new ArrayList<>(); // and must still be there
  private final List<Path> copies = new ArrayList<>(); // of this round, finished
  private List<TreeSet<Long>> keptBeforeCopy = List.of(); // the one that was begun last
  private List<TreeSet<Long>> keptBeforeLastCopy = List.of(); // the one that was finished last
  private final Map<CrashDamage, Integer> damages = new EnumMap<>(CrashDamage.class);
  private int rounds;
  private long acknowledged;
  private long blocks;
  private int finishedCopies;
  private long lost;

  CrashRounds(Path folder, long seed, boolean damaging) {
    this.folder = folder;
    this.seed = seed;
    this.damaging = damaging;
    this.random = new Random(seed);
    for (int writer = 0; writer < CrashSamples.WRITERS; writer++) {
      sent.add(new TreeSet<>());
      kept.add(new TreeSet<>());
    }
  }

  /** What was done so far, for whoever reads the log of a run. */
  @Override
  public String toString() {
    return "crash rounds: seed=%d rounds=%d acknowledged_samples=%d lost_with_torn_tails=%d blocks_met=%d snapshots=%d damages=%s"
        .formatted(seed, rounds, acknowledged, lost, blocks, finishedCopies, damages);
  }

  Path folder() {
    return folder;
  }

  Random random() {
    return random;
  }

  String where() {
    return "seed %d round %d".formatted(seed, rounds);
  }

  /** Plays one round. */
  void play() throws Exception {
    rounds++;
    copies.clear();
    liveAndDie();
    forgetOld();
    if (!copies.isEmpty()) checkCopy(copies.getLast());
    finishedCopies += copies.size();
    CrashDamage damage = damaging ? CrashDamage.any(random) : CrashDamage.NONE;
    if (damage.happenTo(this)) damages.merge(damage, 1, Integer::sum);
    check();
    deleteCopies();
  }

  private void liveAndDie() throws Exception {
    Process process = start();
    int writing = 1 + random.nextInt(MOST_MS);
    boolean asked = false;
    try (BufferedReader lines = process.inputReader()) {
      for (String line; (line = lines.readLine()) != null; ) {
        hear(line);
        if (asked || !line.startsWith("kept")) continue;
        asked = true; // reads on, so that the process is never held up by a full pipe
        Thread.ofVirtual().start(() -> killAfter(process, writing));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue())
        .as("%s: %s", where(), Files.readString(folder.resolve("errors")))
        .isEqualTo(128 + 9);
  }

  private static void killAfter(Process process, int ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.toHandle().destroyForcibly(); // leaves the pipe: what was said is read to its end
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            CrashingProcess.class.getName(),
            folder.resolve("data").toString(),
            Long.toString(random.nextLong()),
            Long.toString(zeroMs))
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private void hear(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "sent" -> sent.get(Integer.parseInt(words[1])).add(Long.parseLong(words[2]));
      case "kept" -> {
        kept.get(Integer.parseInt(words[1])).add(Long.parseLong(words[2]));
        acknowledged += CrashSamples.SERIES;
      }
      case "copying" -> keptBeforeCopy = kept.stream().map(TreeSet::new).toList();
      case "copied" -> {
        copies.add(Path.of(words[1]));
        keptBeforeLastCopy = keptBeforeCopy;
      }
      default -> {} // what was refused may be there in part, by the rules of the store
    }
  }

  /** Whole blocks go, so a little later than their samples' age. */
  private void forgetOld() {
    long old = clock.millis() - CrashingProcess.RETENTION.toMillis();
    kept.forEach(times -> times.headSet(old).clear());
  }

  MetricStore open() {
    return open(folder.resolve("data"));
  }

  /** Time stands still, so that the store does nothing by itself. */
  private MetricStore open(Path where) {
    var still = new ManualClock(clock.millis());
    return MetricStore.open(CrashingProcess.config(where, true), still);
  }

  /** All that was acknowledged is there, and nothing that was not sent. */
  void check() {
    try (var store = open()) {
      Missing missing = compare(store);
      assertThat(missing.times()).as("%s: acknowledged and not there", where()).isEmpty();
      blocks += store.stats().blocks().size();
    }
  }

  /** What was acknowledged and is not there: each writer's times. */
  record Missing(List<TreeSet<Long>> ofWriters) {
    TreeSet<Long> times() {
      var all = new TreeSet<Long>();
      ofWriters.forEach(all::addAll);
      return all;
    }
  }

  /** Fails where something is there that was not sent. */
  Missing compare(MetricStore store) {
    return compare(store, kept);
  }

  private Missing compare(MetricStore store, List<? extends SortedSet<Long>> asked) {
    var found = new TreeMap<Integer, Map<Long, Integer>>(); // how many series of each batch
    Rows.all(store.source()).forEach((labels, rows) -> checkSeries(labels, rows, found));
    var missing = new ArrayList<TreeSet<Long>>();
    for (int writer = 0; writer < CrashSamples.WRITERS; writer++) {
      var its = found.getOrDefault(writer, new TreeMap<>());
      var gone = new TreeSet<>(asked.get(writer));
      gone.removeIf(time -> its.getOrDefault(time, 0) == CrashSamples.SERIES);
      missing.add(gone);
    }
    return new Missing(missing);
  }

  private void checkSeries(
      Labels labels, Map<Long, Row> rows, Map<Integer, Map<Long, Integer>> found) {
    int writer = CrashSamples.writer(labels);
    rows.forEach((time, row) -> {
      assertThat(sent.get(writer)).as("%s: made up %s", where(), labels).contains(time);
      assertThat(row.withHint(null))
          .as("%s: %s at %s", where(), labels, time)
          .isEqualTo(CrashSamples.row(writer, CrashSamples.series(labels), time));
      found.computeIfAbsent(writer, _ -> new TreeMap<>()).merge(time, 1, Integer::sum);
    });
  }

  /** What a torn tail took is no longer asked for: only the newest may be gone. */
  void giveUp(Missing missing) {
    for (int writer = 0; writer < CrashSamples.WRITERS; writer++) {
      TreeSet<Long> gone = missing.ofWriters.get(writer);
      if (gone.isEmpty()) continue;
      TreeSet<Long> times = kept.get(writer);
      var later = new TreeSet<>(times.tailSet(gone.first()));
      later.removeAll(gone);
      assertThat(later).as("%s: later ones than those that are lost", where()).isEmpty();
      times.removeAll(gone);
      lost += (long) gone.size() * CrashSamples.SERIES;
    }
  }

  /** A finished copy opens as a store, with all that was acknowledged before it was begun. */
  private void checkCopy(Path copy) {
    long old = clock.millis() - CrashingProcess.RETENTION.toMillis();
    keptBeforeLastCopy.forEach(times -> times.headSet(old).clear());
    try (var store = open(copy)) {
      Missing missing = compare(store, keptBeforeLastCopy);
      assertThat(missing.times()).as("%s: not in the copy %s", where(), copy).isEmpty();
    }
  }

  private void deleteCopies() throws IOException {
    try (var all = Files.list(folder)) {
      for (Path each : all.filter(path -> path.toString().contains("copy-")).toList()) {
        io.oriel.storage.disk.Disk.real().deleteTree(each);
      }
    }
  }
}
