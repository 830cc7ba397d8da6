package io.oriel.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.storage.disk.Disk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledProcessTest {
  @TempDir Path folder;

  @RepeatedTest(3)
  void what_was_accepted_survives_kill_9(RepetitionInfo round) throws Exception {
    int enough = 500 * round.getCurrentRepetition();
    List<Integer> acceptedByThread = runAndKill(enough);

    try (var wal =
        WalRecords.open(Disk.real(), folder, SyncPolicy.DEFAULT, Clock.system(), 1 << 20)) {
      for (int thread = 0; thread < AppendingProcess.THREADS; thread++) {
        String prefix = thread + " ";
        var found = wal.records().stream().filter(record -> record.startsWith(prefix)).toList();
        assertThat(found).hasSizeGreaterThanOrEqualTo(acceptedByThread.get(thread));
        for (int i = 0; i < found.size(); i++) assertThat(found.get(i)).isEqualTo(prefix + i);
      }
    }
  }

  /** How many appends of each thread were accepted before the process was killed. */
  private List<Integer> runAndKill(int enough) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                AppendingProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var accepted = new ArrayList<Integer>();
    for (int i = 0; i < AppendingProcess.THREADS; i++) accepted.add(0);
    int heard = 0;
    try (BufferedReader lines = process.inputReader()) {
      for (String line; (line = lines.readLine()) != null; heard++) {
        if (line.isEmpty()) break; // half a line: the end
        int thread = Integer.parseInt(line.substring(0, 1));
        accepted.set(
            thread, Math.max(accepted.get(thread), Integer.parseInt(line.substring(2)) + 1));
        if (heard == enough) process.toHandle().destroyForcibly(); // keeps the pipe: reads on
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException _) { // its last line, cut off
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(heard).isGreaterThanOrEqualTo(enough);
    return accepted;
  }
}
