package io.oriel.cli;

import io.oriel.cli.backfill.Imported;
import io.oriel.cli.backfill.PrometheusImport;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.tsdb.PrometheusBlock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb import prometheus}: blocks of Prometheus, each whole or not at all. */
@Command(
    name = "prometheus",
    description = {
      "Takes in blocks of Prometheus: of its data folder, of a snapshot, or single ones.",
      "",
      "They are only read. Native histograms come along, what was deleted there does not. A block"
          + " is taken in whole or not at all; imported again it changes nothing."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 a block could not be taken in, 2 wrong usage."})
final class TsdbImportPrometheus implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ImportTarget target;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with blocks, or blocks.")
  private List<Path> folders;

  @Override
  public Integer call() {
    List<Path> blocks = blocks();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int failed = 0;
    try (var store = target.open()) {
      var in = new PrometheusImport(store);
      for (int i = 0; i < blocks.size(); i++) {
        try {
          say(i, blocks, in.add(blocks.get(i)), out);
        } catch (Refusal e) {
          err.println("oriel: " + e.getMessage());
          failed++;
        }
      }
    }
    out.println("%d of %d blocks imported".formatted(blocks.size() - failed, blocks.size()));
    return failed == 0 ? Main.DONE : Main.FAILED;
  }

  private void say(int number, List<Path> blocks, Imported imported, PrintWriter out) {
    out.println(
        "%d of %d  %s: %s samples of %s series"
            .formatted(
                number + 1,
                blocks.size(),
                blocks.get(number).getFileName(),
                Figures.count(imported.samples()),
                Figures.count(imported.series())));
    target.sayRefused(imported, spec.commandLine().getErr());
  }

  private List<Path> blocks() {
    var found = new ArrayList<Path>();
    for (Path folder : folders) {
      try {
        List<Path> its = PrometheusBlock.in(folder);
        if (its.isEmpty()) throw none(folder, "there is no block of Prometheus in it");
        found.addAll(its);
      } catch (IOException e) {
        throw none(folder, "it can't be read");
      }
    }
    return found;
  }

  private static Refusal none(Path folder, String why) {
    return new Refusal.CannotStart(
        folder + ": " + why, "name a data folder of Prometheus, a snapshot of it, or a block");
  }
}
