package io.oriel.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds.WhenFull;
import io.oriel.storage.wal.SyncPolicy;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QueueKilledTest {
  @TempDir Path folder;

  @RepeatedTest(3)
  void what_was_accepted_is_sent_at_least_once_after_kill_9(RepetitionInfo round) throws Exception {
    var accepted = new TreeSet<Integer>();
    var sent = new TreeSet<Integer>();
    runAndKill(2000 * round.getCurrentRepetition(), accepted, sent);

    var bounds = DurableQueueTest.bounds(64 << 20, Duration.ZERO, WhenFull.REFUSE);
    try (var queue =
        DurableQueue.open(
            Disk.real(), folder, bounds, SyncPolicy.DEFAULT, Clock.system(), (_, _) -> {})) {
      DurableQueueTest.rest(queue).forEach(each -> sent.add(Integer.valueOf(each.strip())));
    }

    assertThat(sent).containsAll(accepted);
    assertThat(sent).hasSizeBetween(accepted.size(), accepted.size() + 2);
  }

  private void runAndKill(int enough, SortedSet<Integer> accepted, SortedSet<Integer> sent)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                QueueProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int heard = 0;
    try (BufferedReader lines = process.inputReader()) {
      for (String line; (line = lines.readLine()) != null; heard++) {
        if (line.startsWith("in ")) accepted.add(Integer.valueOf(line.substring(3)));
        if (line.startsWith("out ")) sent.add(Integer.valueOf(line.substring(4)));
        if (heard == enough) process.toHandle().destroyForcibly(); // keeps the pipe: reads on
      }
    } catch (NumberFormatException _) { // its last line, cut off
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(heard).isGreaterThanOrEqualTo(enough);
  }
}
