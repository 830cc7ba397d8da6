package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;

/** A series of version 1: each label is a message of its own. */
final class SeriesBytes implements PushedSeries {
  private static final int LABEL = Fields.tag(1, Fields.BYTES);
  private static final int NAME = Fields.tag(1, Fields.BYTES);
  private static final int VALUE = Fields.tag(2, Fields.BYTES);

  final LabelHash hash = new LabelHash();
  private final Fields fields = new Fields(WriteDecoder.SUBJECT);
  private byte[] bytes = new byte[0];
  private int from;
  private int to;

  void over(byte[] message, int seriesFrom, int seriesTo) {
    bytes = message;
    from = seriesFrom;
    to = seriesTo;
    hash.clear();
  }

  @Override
  public long fingerprint() {
    return hash.first;
  }

  @Override
  public long fingerprint2() {
    return hash.second;
  }

  @Override
  public boolean isMixed() {
    return false; // version 1 does not forbid it
  }

  @Override
  public Labels labels(Limits limits) throws WrongLabels {
    fields.over(bytes, from, to);
    return read(fields, LABEL, limits);
  }

  /** Reads the labels among the fields from here to the end. */
  static Labels read(Fields fields, int labelTag, Limits limits) throws WrongLabels {
    var labels = new LabelSet();
    try {
      for (int tag; (tag = fields.tag()) != 0; ) {
        if (tag == labelTag) label(fields, fields.lengthOf(), labels);
        else fields.skip(tag);
        limits.check(Limit.LABELS_PER_SERIES, labels.size(), "a pushed series");
      }
    } catch (Malformed | CharacterCodingException _) {
      throw labels.wrong("go on with bytes that are no text");
    }
    return labels.labels();
  }

  private static void label(Fields fields, int labelTo, LabelSet into)
      throws Malformed, CharacterCodingException, WrongLabels {
    int end = fields.end;
    fields.end = labelTo;
    String name = "";
    String value = "";
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == NAME) name = fields.text(fields.lengthOf());
      else if (tag == VALUE) value = fields.text(fields.lengthOf());
      else fields.skip(tag);
    }
    fields.end = end;
    into.add(name, value);
  }
}
