package io.oriel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb import}: a past that others have kept. */
@Command(
    name = "import",
    description = "Takes samples of others into the metrics store, which is stopped meanwhile.",
    subcommands = {TsdbImportPrometheus.class, TsdbImportOpenMetrics.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "FORMAT")
final class TsdbImport implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Without a format, the help is what was meant. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
