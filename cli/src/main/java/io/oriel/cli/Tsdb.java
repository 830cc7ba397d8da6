package io.oriel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb}: what can be done with the files of the metrics store. */
@Command(
    name = "tsdb",
    description = "Looks into the metrics store, copies, exports and imports it.",
    subcommands = {
      TsdbAnalyze.class,
      TsdbVerify.class,
      TsdbSnapshot.class,
      TsdbExport.class,
      TsdbImport.class,
      TsdbBench.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    footer = {"", "How each is used: oriel tsdb VERB --help. More: docs/tsdb.md"})
final class Tsdb implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Without a verb, the help is what was meant. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
