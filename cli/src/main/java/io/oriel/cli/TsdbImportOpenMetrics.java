package io.oriel.cli;

import io.oriel.cli.backfill.Imported;
import io.oriel.cli.backfill.OpenMetricsImport;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb import openmetrics}: a file of samples with times. */
@Command(
    name = "openmetrics",
    description = {
      "Takes in a file of OpenMetrics text in which every sample has a time.",
      "",
      "As promtool's create-blocks-from: the file may be longer than memory, in any order. It is read"
          + " to its end before anything is taken in; a wrong line is told as FILE:LINE."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 the file is wrong or can't be read, 2 wrong usage."})
final class TsdbImportOpenMetrics implements Runnable {
  private static final long STEP = 10_000_000; // samples between two lines of progress

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ImportTarget target;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      description = "OpenMetrics text that ends in # EOF.")
  private Path file;

  private long said;

  @Override
  public void run() {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Refusal.CannotStart(
          "there is no file %s that can be read".formatted(file),
          "name a file of OpenMetrics text");
    }
    try (var store = target.open()) {
      Path scratch = Files.createTempDirectory(target.folder(), "import-");
      try {
        var in = new OpenMetricsImport(store, StoreFolder.limits(), file, this::progress);
        say(in.run(scratch), in);
      } finally {
        Files.delete(scratch);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new Refusal.CannotStart(
          "%s could not be imported (%s)".formatted(file, e.getMessage()),
          "look whether there is room in " + target.folder());
    }
  }

  private void progress(long samples) {
    if (samples - said < STEP) return;
    said = samples;
    spec.commandLine().getErr().println(Figures.count(samples) + " samples read");
  }

  private void say(Imported imported, OpenMetricsImport in) {
    long contradicted = in.contradicted();
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine()
        .getOut()
        .println(
            "%s samples of %s series imported"
                .formatted(Figures.count(imported.samples()), Figures.count(imported.series())));
    if (in.parts() > 1) {
      err.println(
          "taken in by %d parts, since there are more series than memory bears; a series of several parts counts in each"
              .formatted(in.parts()));
    }
    target.sayRefused(imported, err);
    if (contradicted == 0) return;
    err.println(
        "%s samples stood there twice with different values; the later line holds"
            .formatted(Figures.count(contradicted)));
  }
}
