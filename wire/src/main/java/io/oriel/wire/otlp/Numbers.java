package io.oriel.wire.otlp;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.util.Arrays;

/** A list of numbers of a message, packed or not, so long at most. */
final class Numbers {
  /** How one number is written. */
  enum Form {
    DOUBLE,
    FIXED,
    VARINT
  }

  private final Form form;
  private final Limits limits;
  private double[] values = {};
  private int size;

  Numbers(Form form, Limits limits) {
    this.form = form;
    this.limits = limits;
  }

  void read(Fields fields, int tag) throws Malformed {
    if ((tag & 7) != Fields.BYTES) {
      add(one(fields));
      return;
    }
    int end = fields.end;
    fields.end = fields.lengthOf();
    while (fields.at < fields.end) add(one(fields));
    fields.end = end;
  }

  private double one(Fields fields) throws Malformed {
    return switch (form) {
      case DOUBLE -> fields.eightBytes();
      case FIXED -> unsigned(fields.fixed());
      case VARINT -> unsigned(fields.varint());
    };
  }

  /** As a double: what is over 2^53 loses digits, as all samples do. */
  static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  private void add(double value) {
    limits.check(Limit.HISTOGRAM_BUCKETS, size + 1L, "a pushed histogram");
    if (size == values.length) values = Arrays.copyOf(values, Math.max(16, 2 * size));
    values[size++] = value;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
