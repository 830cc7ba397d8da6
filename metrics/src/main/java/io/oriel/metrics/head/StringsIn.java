package io.oriel.metrics.head;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.wal.Wal;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link StringsOut} wrote, in the same order. */
final class StringsIn {
  private static final int LONGEST_TEXT = Wal.MAX_RECORD_BYTES; // a checkpoint's came by a record
  private static final int MOST_LABELS = 1 << 16;

  private final List<String> texts = new ArrayList<>();

  void clear() {
    texts.clear();
  }

  String text(ColumnReader in) {
    long number = in.readVarint();
    if (number != 0) return texts.get(Math.toIntExact(number - 1));
    byte[] bytes = new byte[count(in, LONGEST_TEXT)];
    in.readBytes(bytes, 0, bytes.length);
    String text = new String(bytes, UTF_8);
    texts.add(text);
    return text;
  }

  Labels labels(ColumnReader in) {
    var pairs = new String[2 * count(in, MOST_LABELS)];
    for (int i = 0; i < pairs.length; i++) pairs[i] = text(in);
    return Labels.ofSorted(pairs);
  }

  /** Labels whose strings have no numbers. */
  static Labels plainLabels(ColumnReader in) {
    var pairs = new String[2 * count(in, MOST_LABELS)];
    for (int i = 0; i < pairs.length; i++) {
      byte[] bytes = new byte[count(in, LONGEST_TEXT)];
      in.readBytes(bytes, 0, bytes.length);
      pairs[i] = new String(bytes, UTF_8);
    }
    return Labels.ofSorted(pairs);
  }

  /** A count of things that take a byte each at least: looked at before room is made for them. */
  static int count(ColumnReader in, int most) {
    long count = in.readVarint();
    if (count >= 0 && count <= Math.min(most, in.remaining())) return (int) count;
    throw new IndexOutOfBoundsException(
        "%d things in the %d bytes behind %d".formatted(count, in.remaining(), in.position()));
  }

  MetricMetadata metadata(ColumnReader in) {
    MetricMetadata.Type type = type(text(in));
    return new MetricMetadata(type, text(in), text(in));
  }

  private static MetricMetadata.Type type(String text) {
    for (MetricMetadata.Type type : MetricMetadata.Type.values()) {
      if (type.text().equals(text)) return type;
    }
    return MetricMetadata.Type.UNKNOWN; // one that a later version knows
  }
}
