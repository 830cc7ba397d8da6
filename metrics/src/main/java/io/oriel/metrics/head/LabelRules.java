package io.oriel.metrics.head;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;

/** What a series' labels must keep to before the store takes it in. */
final class LabelRules {
  private LabelRules() {}

  static void check(Labels labels, Limits limits) {
    if (labels.metricName().isEmpty()) {
      throw new Refusal.BadRequest(
          "the series " + shortened(labels.toString()) + " has no metric name",
          "give it a label " + Labels.NAME);
    }
    limits.check(
        Limit.LABELS_PER_SERIES, labels.size(), "the series of " + shortened(labels.metricName()));
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.nameAt(i);
      limits.check(Limit.LABEL_NAME_BYTES, bytes(name), "the label name " + shortened(name));
      limits.check(
          Limit.LABEL_VALUE_BYTES,
          bytes(labels.valueAt(i)),
          "the value of " + shortened(name) + " of " + shortened(labels.metricName()));
    }
  }

  private static long bytes(String text) {
    return text.length() < 256 ? text.length() : text.getBytes(UTF_8).length;
  }

  static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
