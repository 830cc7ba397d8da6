package io.oriel.cli;

import io.oriel.metrics.inspect.Analysis;
import io.oriel.metrics.inspect.StoredMetrics;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb analyze}: what takes how much room. */
@Command(
    name = "analyze",
    description = {
      "Says what takes how much room in the metrics store.",
      "",
      "Blocks with their time, series, samples, bytes and churn; the metrics, label names and label"
          + " pairs with most series, and the labels with most values. Works beside a running Oriel."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 no store or a damaged one, 2 wrong usage."})
final class TsdbAnalyze implements Runnable {
  private static final String ROW = "%-24s %-20s %-20s %12s %15s %11s %8s %10s %10s%n";
  private static final String PARTS = "%-24s %11s %11s %11s %11s %11s%n";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StoreFolder folder;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rows of each list (default: 10).")
  private int limit;

  @Override
  public void run() {
    if (limit < 0) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "'%d' is no number of rows; write 0 or more".formatted(limit));
    }
    try (var stored = StoredMetrics.open(folder.data, StoreFolder.limits())) {
      StoreFolder.sayHolder(stored.holder(), spec.commandLine().getErr());
      print(stored.analyze(limit), spec.commandLine().getOut());
    }
  }

  private static void print(Analysis analysis, PrintWriter out) {
    out.println(
        "%s series, %s samples: %d blocks of %s; in the log and not in a block yet: %s samples of %s series"
            .formatted(
                Figures.count(analysis.series()),
                Figures.count(analysis.samples()),
                analysis.blocks().size(),
                Figures.bytes(analysis.blockBytes()),
                Figures.count(analysis.headSamples()),
                Figures.count(analysis.headSeries())));
    if (analysis.hidden() > 0) {
      out.println(
          "deleted, and counted here as long as blocks hold it: samples of %s series; admin/tsdb/clean_tombstones frees their room"
              .formatted(Figures.count(analysis.hidden())));
    }
    if (!analysis.blocks().isEmpty()) {
      blocks(analysis.blocks(), out);
      parts(analysis.blocks(), out);
    }
    list("Metrics by series", analysis.metrics(), out);
    list("Label names by series", analysis.labelNames(), out);
    list("Label names by different values", analysis.labelValues(), out);
    list("Label pairs by series", analysis.labelPairs(), out);
  }

  private static void blocks(List<Analysis.Block> blocks, PrintWriter out) {
    out.println();
    out.printf(
        ROW, "Block", "from", "to", "series", "samples", "bytes", "a sample", "came", "went");
    for (Analysis.Block block : blocks) {
      out.printf(
          ROW,
          block.name(),
          Figures.time(block.range().startMs()),
          Figures.time(block.range().endMs()),
          Figures.count(block.series()),
          Figures.count(block.samples()),
          Figures.bytes(block.bytes()),
          Figures.decimal(block.bytesASample()) + " B",
          Figures.count(block.came()),
          Figures.count(block.went()));
      if (block.damage() != null) out.println("  damaged: " + block.damage());
    }
    out.println("came, went: series that the block before does not have, and those only it has");
    long aggregates = blocks.stream().filter(block -> block.resolutionMs() > 0).count();
    if (aggregates > 0) {
      out.println(
          "%d of them hold aggregates (a word n... in their names), whose samples are rows: see docs/long-ranges.md"
              .formatted(aggregates));
    }
  }

  private static void parts(List<Analysis.Block> blocks, PrintWriter out) {
    out.println();
    out.printf(PARTS, "Bytes by part", "values", "times", "places", "labels", "checksums");
    for (Analysis.Block block : blocks) {
      out.printf(
          PARTS,
          block.name(),
          Figures.bytes(block.values()),
          Figures.bytes(block.times()),
          Figures.bytes(block.places()),
          Figures.bytes(block.labels()),
          Figures.bytes(block.checks()));
    }
  }

  private static void list(String title, List<Analysis.Count> counts, PrintWriter out) {
    if (counts.isEmpty()) return;
    out.println();
    out.println(title);
    for (Analysis.Count each : counts) {
      out.printf("%12s  %s%n", Figures.count(each.count()), oneLine(each.text()));
    }
  }

  private static String oneLine(String text) {
    return text.replace("\n", "\\n");
  }
}
