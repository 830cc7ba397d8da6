package io.oriel.engines.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request as a receiver sees it; what a sender must keep to is checked while it is read. */
final class Decoded {
  /** A sample, or where {@code isHistogram} the fields of a histogram by number. */
  record Row(long timeMs, double value, long startMs, Map<Integer, List<Object>> histogram) {}

  record Example(Map<String, String> labels, double value, long timeMs) {}

  record Series(
      Map<String, String> labels, List<Row> rows, List<Example> exemplars, String metadata) {
    String name() {
      return labels.getOrDefault("__name__", "");
    }
  }

  final List<Series> series = new ArrayList<>();
  final List<String> symbols = new ArrayList<>();
  final Map<String, String> metadata = new LinkedHashMap<>(); // of 1.0: metric, then what is said
  private final boolean isV2;

  private Decoded(boolean isV2) {
    this.isV2 = isV2;
  }

  static Decoded of(byte[] body, boolean isV2) throws Malformed {
    var block = new SnappyBlock();
    block.unpack(body, Limits.NORMAL, Limit.WRITE_BODY_BYTES, "the request");
    var decoded = new Decoded(isV2);
    var request = Message.of(block.bytes(), 0, block.length());
    if (isV2) {
      request.each(4, bytes -> decoded.symbols.add(new String(bytes, UTF_8)));
      assertThat(decoded.symbols).as("symbols").isNotEmpty().doesNotHaveDuplicates();
      assertThat(decoded.symbols.getFirst()).isEmpty();
      request.each(5, decoded::series2);
    } else {
      request.each(1, decoded::series1);
      request.each(3, decoded::metadata1);
    }
    return decoded;
  }

  private void series1(byte[] bytes) throws Malformed {
    var message = Message.of(bytes);
    var labels = new LinkedHashMap<String, String>();
    message.each(1, pair -> label(labels, pair));
    var rows = new ArrayList<Row>();
    message.each(2, sample -> rows.add(row(Message.of(sample))));
    message.each(4, histogram -> rows.add(histogram(Message.of(histogram))));
    var examples = new ArrayList<Example>();
    message.each(
        3,
        exemplar -> {
          var of = Message.of(exemplar);
          var own = new LinkedHashMap<String, String>();
          of.each(1, pair -> label(own, pair));
          examples.add(new Example(own, of.real(2), of.number(3)));
        });
    add(new Series(labels, rows, examples, ""));
    assertThat(rows).as("no start times in 1.0").allMatch(row -> row.startMs() == 0);
  }

  private static void label(Map<String, String> into, byte[] pair) throws Malformed {
    var of = Message.of(pair);
    assertThat(into.put(of.text(1), of.text(2))).as("a label twice").isNull();
  }

  private void series2(byte[] bytes) throws Malformed {
    var message = Message.of(bytes);
    var rows = new ArrayList<Row>();
    message.each(2, sample -> rows.add(row(Message.of(sample))));
    message.each(3, histogram -> rows.add(histogram(Message.of(histogram))));
    var examples = new ArrayList<Example>();
    message.each(
        4,
        exemplar -> {
          var of = Message.of(exemplar);
          examples.add(new Example(labels(of), of.real(2), of.number(3)));
        });
    var said = new StringBuilder();
    message.each(
        5,
        metadata -> {
          var of = Message.of(metadata);
          said.append(of.number(1)).append(' ').append(symbol(of.number(3)));
          said.append('|').append(symbol(of.number(4)));
        });
    add(new Series(labels(message), rows, examples, said.toString()));
  }

  private Map<String, String> labels(Message message) throws Malformed {
    var refs = new ArrayList<Long>();
    message.each(
        1,
        packed -> {
          var fields = new Fields("references").over(packed, 0, packed.length);
          while (fields.at < fields.end) refs.add(fields.varint());
        });
    assertThat(refs.size() % 2).as("references come in pairs").isZero();
    var labels = new LinkedHashMap<String, String>();
    for (int i = 0; i < refs.size(); i += 2) {
      assertThat(labels.put(symbol(refs.get(i)), symbol(refs.get(i + 1)))).isNull();
    }
    return labels;
  }

  private String symbol(long reference) {
    assertThat(reference).as("a reference").isBetween(0L, symbols.size() - 1L);
    return symbols.get((int) reference);
  }

  private void add(Series each) {
    assertThat(List.copyOf(each.labels().keySet())).as("names are sorted").isSorted();
    assertThat(each.labels()).containsKey("__name__").doesNotContainKey("");
    assertThat(each.rows()).extracting(Row::timeMs).isSorted();
    assertThat(each.rows().stream().map(row -> row.histogram().isEmpty()).distinct())
        .as("samples or histograms, never both")
        .hasSizeLessThanOrEqualTo(1);
    series.add(each);
  }

  private void metadata1(byte[] bytes) throws Malformed {
    var of = Message.of(bytes);
    metadata.put(of.text(2), of.number(1) + " " + of.text(4) + "|" + of.text(5));
  }

  private static Row row(Message sample) {
    return new Row(sample.number(2), sample.real(1), sample.number(3), Map.of());
  }

  private Row histogram(Message of) {
    return new Row(of.number(15), Double.NaN, of.number(17), of.fields);
  }

  boolean isV2() {
    return isV2;
  }

  /** Fields by number, unread. */
  static final class Message {
    final Map<Integer, List<Object>> fields = new LinkedHashMap<>();

    interface Part {
      void read(byte[] bytes) throws Malformed;
    }

    static Message of(byte[] bytes) throws Malformed {
      return of(bytes, 0, bytes.length);
    }

    static Message of(byte[] bytes, int from, int to) throws Malformed {
      var message = new Message();
      var fields = new Fields("the request").over(bytes, from, to);
      for (int tag; (tag = fields.tag()) != 0; ) {
        Object value =
            switch (tag & 7) {
              case Fields.VARINT -> fields.varint();
              case Fields.EIGHT_BYTES -> fields.eightBytes();
              default -> {
                int end = fields.lengthOf();
                byte[] part = java.util.Arrays.copyOfRange(bytes, fields.at, end);
                fields.at = end;
                yield part;
              }
            };
        message.fields.computeIfAbsent(tag >>> 3, _ -> new ArrayList<>()).add(value);
      }
      return message;
    }

    void each(int field, Part part) throws Malformed {
      for (Object value : fields.getOrDefault(field, List.of())) part.read((byte[]) value);
    }

    long number(int field) {
      return (long) fields.getOrDefault(field, List.of(0L)).getLast();
    }

    double real(int field) {
      return (double) fields.getOrDefault(field, List.of(0.0)).getLast();
    }

    String text(int field) {
      return new String((byte[]) fields.getOrDefault(field, List.of(new byte[0])).getLast(), UTF_8);
    }
  }
}
