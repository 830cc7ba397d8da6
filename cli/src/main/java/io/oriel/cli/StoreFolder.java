package io.oriel.cli;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The option that says which store is meant. */
final class StoreFolder {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data folder, as for oriel up (default: data).")
  Path data;

  /** Of whoever has the whole machine: as many series as there are. */
  static Limits limits() {
    return Limits.NORMAL
        .with(Limit.SERIES, 1L << 28)
        .with(Limit.SERIES_LABEL_BYTES, Long.MAX_VALUE)
        .with(Limit.JOB_SERIES, Long.MAX_VALUE)
        .with(Limit.QUERY_SERIES, Long.MAX_VALUE);
  }

  /** Says of a store that is running what that means for what was read. */
  static void sayHolder(OptionalLong holder, PrintWriter err) {
    if (holder.isEmpty()) return;
    long pid = holder.getAsLong();
    err.println(
        "The store is in use by %s: this is what was on disk at one moment."
            .formatted(pid == 0 ? "another process" : "process " + pid));
  }
}
