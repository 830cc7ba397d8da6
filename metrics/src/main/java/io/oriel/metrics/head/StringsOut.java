package io.oriel.metrics.head;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.storage.column.ColumnWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes strings once: a later mention is its number. A record of the log and a checkpoint have one
 * each. Format: docs/formats/metric-wal.md.
 */
final class StringsOut {
  private final Map<String, Integer> numbers = new HashMap<>();

  void clear() {
    if (!numbers.isEmpty()) numbers.clear();
  }

  void put(String text, ColumnWriter out) {
    Integer number = numbers.putIfAbsent(text, numbers.size() + 1);
    if (number != null) {
      out.putVarint(number);
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    out.putByte(0);
    out.putVarint(bytes.length);
    out.putBytes(bytes, 0, bytes.length);
  }

  void put(Labels labels, ColumnWriter out) {
    out.putVarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      put(labels.nameAt(i), out);
      put(labels.valueAt(i), out);
    }
  }

  /** Labels whose strings hardly come again (a trace), so they get no numbers. */
  static void putPlain(Labels labels, ColumnWriter out) {
    out.putVarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      putPlain(labels.nameAt(i), out);
      putPlain(labels.valueAt(i), out);
    }
  }

  private static void putPlain(String text, ColumnWriter out) {
    byte[] bytes = text.getBytes(UTF_8);
    out.putVarint(bytes.length);
    out.putBytes(bytes, 0, bytes.length);
  }

  void put(String metric, MetricMetadata said, ColumnWriter out) {
    put(metric, out);
    put(said.type().text(), out);
    put(said.help(), out);
    put(said.unit(), out);
  }
}
