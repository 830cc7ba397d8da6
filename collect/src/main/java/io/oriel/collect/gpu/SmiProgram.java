package io.oriel.collect.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs {@code nvidia-smi} once: bounded in time and output, without a shell. */
record SmiProgram(Path path, Duration patience) {
  private static final int MOST_BYTES = 1 << 20;
  private static final int KILLED = 128 + 9;

  /** What its output says when it can do nothing at all. */
  private record Complaint(String words, NvmlReturn answer) {}

  private static final List<Complaint> COMPLAINTS =
      List.of(
          new Complaint("version mismatch", NvmlReturn.LIB_RM_VERSION_MISMATCH),
          new Complaint("communicate with the nvidia driver", NvmlReturn.DRIVER_NOT_LOADED),
          new Complaint("driver not loaded", NvmlReturn.DRIVER_NOT_LOADED),
          new Complaint("no devices were found", NvmlReturn.GPU_NOT_FOUND),
          new Complaint("insufficient permissions", NvmlReturn.NO_PERMISSION),
          new Complaint("couldn't find libnvidia-ml", NvmlReturn.LIBRARY_NOT_FOUND));

  /** What it said and how it ended. */
  record Said(String text, int exit) {
    List<String> lines() {
      return text.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws NvmlException TIMEOUT when it hangs, UNKNOWN when it can't be run or says too much
   */
  Said run(String... arguments) throws NvmlException {
    var command = new ArrayList<String>(List.of(path.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return said(process);
    } catch (IOException _) {
      throw NvmlException.of(NvmlReturn.UNKNOWN);
    }
  }

  private Said said(Process process) throws IOException, NvmlException {
    Thread guard = Thread.ofVirtual().start(() -> end(process));
    try (var output = process.getInputStream()) {
      byte[] bytes = output.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) throw NvmlException.of(NvmlReturn.UNKNOWN);
      guard.join();
      int exit = process.exitValue();
      if (exit == KILLED) throw NvmlException.of(NvmlReturn.TIMEOUT);
      return new Said(new String(bytes, StandardCharsets.UTF_8), exit);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw NvmlException.of(NvmlReturn.TIMEOUT);
    } finally {
      process.destroyForcibly();
    }
  }

  private void end(Process process) {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Why it could do nothing, by its words or else by its exit, which is NVML's code. */
  static NvmlReturn reason(Said said) {
    String text = said.text().toLowerCase(Locale.ROOT);
    for (Complaint each : COMPLAINTS) {
      if (text.contains(each.words)) return each.answer;
    }
    return said.exit() == 0 ? NvmlReturn.UNKNOWN : NvmlReturn.of(said.exit());
  }
}
