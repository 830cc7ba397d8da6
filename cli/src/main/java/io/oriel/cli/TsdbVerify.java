package io.oriel.cli;

import io.oriel.metrics.inspect.Verification;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb verify}: each finding is a line, what was looked at is the last one. */
@Command(
    name = "verify",
    description = {
      "Holds every file of the metrics store against its checksums.",
      "",
      "Manifest, checkpoint, segments of the log, blocks: all bytes are read and none is changed,"
          + " so a running Oriel is not disturbed. Each finding is a line: FILE: OFFSET: WHAT."
          + " A half record at the end of the log is none: the next start cuts it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 all is whole, 1 damage or no store, 2 wrong usage."})
final class TsdbVerify implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StoreFolder folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Verification verified = Verification.of(folder.data, StoreFolder.limits());
    StoreFolder.sayHolder(verified.holder(), spec.commandLine().getErr());
    verified.findings().forEach(out::println);
    out.println(
        "%d files, %s, %d blocks: %s"
            .formatted(
                verified.files(),
                Figures.bytes(verified.bytes()),
                verified.blocks(),
                verified.findings().isEmpty()
                    ? "all is whole"
                    : verified.findings().size() + " findings"));
    return verified.findings().isEmpty() ? Main.DONE : Main.FAILED;
  }
}
