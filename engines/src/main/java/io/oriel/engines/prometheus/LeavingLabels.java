package io.oriel.engines.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.FieldWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A series' labels as they leave: external labels added, rules applied, names that are Oriel's own
 * affair ({@code __...}) taken away; written as the label fields of a 1.0 series.
 */
final class LeavingLabels implements Function<Labels, byte @Nullable []> {
  private final Destination to;
  private final Limits limits;
  private final FieldWriter all = new FieldWriter();
  private final FieldWriter one = new FieldWriter();

  LeavingLabels(Destination to, Limits limits) {
    this.to = to;
    this.limits = limits;
  }

  @Override
  public byte @Nullable [] apply(Labels labels) {
    check(labels);
    Optional<Labels> after = to.relabeling().apply(withExternal(labels));
    if (after.isEmpty() || after.get().metricName().isEmpty()) return null;
    Labels leaving = after.get();
    all.clear();
    for (int i = 0; i < leaving.size(); i++) {
      String name = leaving.nameAt(i);
      if (name.startsWith("__") && !name.equals(Labels.NAME)) continue;
      all.message(1, one.clear().text(1, name).text(2, leaving.valueAt(i)));
    }
    return all.toBytes();
  }

  private Labels withExternal(Labels labels) {
    if (to.externalLabels().isEmpty()) return labels;
    Labels.Builder builder = labels.toBuilder();
    to.externalLabels()
        .forEach((name, value) -> {
          if (labels.get(name) == null) builder.set(name, value);
        });
    return builder.build();
  }

  /** What the embedded store asks of labels, too. */
  private void check(Labels labels) {
    if (labels.metricName().isEmpty()) {
      throw new Refusal.BadRequest("a series has no metric name", "give it a label " + Labels.NAME);
    }
    String subject = "the series of " + shortened(labels.metricName());
    limits.check(Limit.LABELS_PER_SERIES, labels.size(), subject);
    for (int i = 0; i < labels.size(); i++) {
      limits.check(Limit.LABEL_NAME_BYTES, bytes(labels.nameAt(i)), "a label name of " + subject);
      limits.check(
          Limit.LABEL_VALUE_BYTES,
          bytes(labels.valueAt(i)),
          "the value of %s of %s".formatted(shortened(labels.nameAt(i)), subject));
    }
  }

  private static long bytes(String text) {
    return text.length() < 256 ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
