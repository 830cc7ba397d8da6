package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;

/** Memory errors that were corrected, and those that could not be. */
final class Edac {
  private static final Metric CORRECTED = counter("correctable", "");
  private static final Metric UNCORRECTED = counter("uncorrectable", "");
  private static final Metric ROW_CORRECTED = counter("csrow_correctable", " of a row");
  private static final Metric ROW_UNCORRECTED = counter("csrow_uncorrectable", " of a row");
  private static final Metric CHANNEL_CORRECTED = counter("channel_correctable", " of a channel");
  private static final Metric CHANNEL_UNCORRECTED =
      counter("channel_uncorrectable", " of a channel");

  private Edac() {}

  private static Metric counter(String kind, String of) {
    String word = kind.endsWith("uncorrectable") ? "not corrected" : "corrected";
    return Metric.counter(
        "node_edac_" + kind + "_errors_total", "Memory errors" + of + " that were " + word + ".");
  }

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "edac",
        List.of(
            CORRECTED,
            UNCORRECTED,
            ROW_CORRECTED,
            ROW_UNCORRECTED,
            CHANNEL_CORRECTED,
            CHANNEL_UNCORRECTED),
        files,
        Scanned.EVERY_FEW_MINUTES,
        rows -> scan(files, roots.sys("devices/system/edac/mc"), rows));
  }

  private static void scan(KernelFiles files, String folder, Rows rows) {
    for (String name : files.list(folder)) {
      if (!name.matches("mc\\d+")) continue;
      String path = folder + "/" + name;
      Labels labels = Labels.of("controller", name.substring(2));
      rows.live(CORRECTED, labels, path + "/ce_count", 1);
      rows.live(UNCORRECTED, labels, path + "/ue_count", 1);
      // errors of which the controller does not know the row
      Labels unknown = labels.with("csrow", "unknown");
      rows.live(ROW_CORRECTED, unknown, path + "/ce_noinfo_count", 1);
      rows.live(ROW_UNCORRECTED, unknown, path + "/ue_noinfo_count", 1);
      for (String row : files.list(path)) {
        if (row.matches("csrow\\d+")) scanRow(files, path + "/" + row, labels, rows);
      }
    }
  }

  private static void scanRow(KernelFiles files, String path, Labels controller, Rows rows) {
    Labels labels = controller.with("csrow", path.substring(path.lastIndexOf("csrow") + 5));
    rows.live(ROW_CORRECTED, labels, path + "/ce_count", 1);
    rows.live(ROW_UNCORRECTED, labels, path + "/ue_count", 1);
    for (String file : files.list(path)) {
      if (!file.matches("ch\\d+_dimm_label")) continue;
      String channel = file.substring(2, file.indexOf('_'));
      String dimm = files.line(path + "/" + file);
      Labels of = labels.with("channel", channel).with("dimm_label", dimm == null ? "" : dimm);
      rows.live(CHANNEL_CORRECTED, of, path + "/ch" + channel + "_ce_count", 1);
      rows.live(CHANNEL_UNCORRECTED, of, path + "/ch" + channel + "_ue_count", 1);
    }
  }
}
