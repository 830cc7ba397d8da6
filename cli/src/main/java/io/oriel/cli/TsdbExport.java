package io.oriel.cli;

import io.oriel.cli.backfill.OpenMetricsExport;
import io.oriel.metrics.inspect.StoredMetrics;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.Promql;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb export}: samples as OpenMetrics text. */
@Command(
    name = "export",
    description = {
      "Writes samples of the metrics store as OpenMetrics text with times.",
      "",
      "What oriel tsdb import openmetrics and promtool's create-blocks-from read. Series by series,"
          + " so that memory does not grow with the store. What the format can't say is left out and"
          + " counted on stderr: native histograms, stale markers, start times. Works beside a"
          + " running Oriel."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 no store or it could not be written, 2 wrong usage."})
final class TsdbExport implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StoreFolder folder;

  @Option(
      names = "--match",
      paramLabel = "SELECTOR",
      description = "Series to write, as PromQL selects them; may be repeated (default: all).")
  private @Nullable List<String> match;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentValue.class,
      description = "The first moment: 2026-01-31T12:00:00Z or seconds since 1970.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = MomentValue.class,
      description = "The last moment.")
  private @Nullable Instant to;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write (default: stdout). The file appears when it is whole.")
  private @Nullable Path output;

  @Override
  public void run() {
    List<List<Matcher>> selectors =
        match == null ? List.of(List.of()) : match.stream().map(this::selector).toList();
    TimeRange range = range();
    try (var stored = StoredMetrics.open(folder.data, StoreFolder.limits())) {
      StoreFolder.sayHolder(stored.holder(), spec.commandLine().getErr());
      write(new OpenMetricsExport(stored.source(), selectors, range));
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the export could not be written (" + e.getMessage() + ")",
          "look whether there is room and it may be written there");
    }
  }

  private List<Matcher> selector(String text) {
    try {
      return Promql.selector(text);
    } catch (Refusal wrong) {
      throw new ParameterException(spec.commandLine(), "--match: " + wrong.getMessage());
    }
  }

  private TimeRange range() {
    long first = from == null ? TimeRange.ALWAYS.startMs() : from.toEpochMilli();
    long last = to == null ? TimeRange.ALWAYS.endMs() : to.toEpochMilli();
    if (first <= last) return new TimeRange(first, last);
    throw new ParameterException(spec.commandLine(), "--to lies before --from; swap them");
  }

  private void write(OpenMetricsExport export) throws IOException {
    if (output == null) {
      try (var out = new FileOutputStream(FileDescriptor.out)) {
        export.writeTo(out);
      }
    } else {
      Path partial = output.resolveSibling(output.getFileName() + ".partial");
      try (OutputStream out = Files.newOutputStream(partial)) {
        export.writeTo(out);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(partial);
        throw e;
      }
      Files.move(partial, output, StandardCopyOption.REPLACE_EXISTING);
    }
    sayWhat(export, spec.commandLine().getErr());
  }

  private static void sayWhat(OpenMetricsExport export, PrintWriter err) {
    err.println(
        "%s samples of %s series written"
            .formatted(Figures.count(export.samples()), Figures.count(export.series())));
    leftOut(export.histograms(), "native histograms", err);
    leftOut(export.markers(), "stale markers", err);
    leftOut(export.starts(), "start times", err);
    export.warnings().forEach(err::println);
  }

  private static void leftOut(long count, String what, PrintWriter err) {
    if (count == 0) return;
    err.println(
        "left out: %s %s, which the format can't say".formatted(Figures.count(count), what));
  }
}
