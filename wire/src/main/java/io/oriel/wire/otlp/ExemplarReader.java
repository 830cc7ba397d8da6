package io.oriel.wire.otlp;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * Reads an exemplar. Its trace and span become labels, and what else it has where all together is
 * not longer than exemplars may be.
 */
final class ExemplarReader {
  private static final int MOST_CHARACTERS = 128; // OpenMetrics' limit of names and values

  private final Fields fields;
  private final Attributes attributes;

  ExemplarReader(Fields fields, Attributes attributes) {
    this.fields = fields;
    this.attributes = attributes;
  }

  Exemplar read(int to) throws Malformed {
    int end = fields.end;
    fields.end = to;
    SortedMap<String, String> others = Attributes.none();
    var labels = Labels.builder();
    long time = 0;
    double value = 0;
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == Fields.tag(2, Fields.EIGHT_BYTES)) time = PointReader.millis(fields.fixed());
      else if (tag == Fields.tag(3, Fields.EIGHT_BYTES)) value = fields.eightBytes();
      else if (tag == Fields.tag(6, Fields.EIGHT_BYTES)) value = fields.fixed();
      else if (tag == Fields.tag(4, Fields.BYTES)) labels.set("span_id", hex(fields.lengthOf()));
      else if (tag == Fields.tag(5, Fields.BYTES)) labels.set("trace_id", hex(fields.lengthOf()));
      else if (tag == Fields.tag(7, Fields.BYTES)) attributes.read(fields.lengthOf(), others);
      else fields.skip(tag);
    }
    fields.end = end;
    return new Exemplar(all(labels.build(), others), value, time);
  }

  private static Labels all(Labels ids, SortedMap<String, String> others) {
    if (others.isEmpty()) return ids;
    var all = ids.toBuilder();
    others.forEach(all::set);
    ids.toMap().forEach(all::set);
    Labels joined = all.build();
    return characters(joined) <= MOST_CHARACTERS ? joined : ids;
  }

  private static int characters(Labels labels) {
    int count = 0;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.nameAt(i);
      String value = labels.valueAt(i);
      count += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    return count;
  }

  private String hex(int to) {
    int taken = Math.min(to, fields.at + MOST_CHARACTERS); // more than that is refused anyway
    String text = HexFormat.of().formatHex(fields.bytes, fields.at, taken);
    fields.at = to;
    return text;
  }
}
