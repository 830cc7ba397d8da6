package io.oriel.wire.remotewrite;

import io.oriel.wire.protobuf.Fields;

/** The numbers of the fields of {@code types.proto}, as tags; start times as 2.0 numbers them. */
final class SeriesFields {
  static final int LABEL = Fields.tag(1, Fields.BYTES);
  static final int SAMPLE = Fields.tag(2, Fields.BYTES);
  static final int EXEMPLAR = Fields.tag(3, Fields.BYTES);
  static final int HISTOGRAM = Fields.tag(4, Fields.BYTES);

  static final int LABEL_NAME = Fields.tag(1, Fields.BYTES);
  static final int LABEL_VALUE = Fields.tag(2, Fields.BYTES);

  static final int SAMPLE_VALUE = Fields.tag(1, Fields.EIGHT_BYTES);
  static final int SAMPLE_TIME = Fields.tag(2, Fields.VARINT);
  static final int SAMPLE_START = Fields.tag(3, Fields.VARINT);

  static final int HISTOGRAM_TIME = Fields.tag(15, Fields.VARINT);
  static final int HISTOGRAM_START = Fields.tag(17, Fields.VARINT);

  static final int EXEMPLAR_LABEL = Fields.tag(1, Fields.BYTES);
  static final int EXEMPLAR_VALUE = Fields.tag(2, Fields.EIGHT_BYTES);
  static final int EXEMPLAR_TIME = Fields.tag(3, Fields.VARINT);

  private SeriesFields() {}
}
