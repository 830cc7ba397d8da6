package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Set;

/**
 * A series of a request, its labels not read yet. Lent to a {@link WriteVisitor} for one call. Two
 * series with the same fingerprint are the same series; one series may have several, since labels
 * can come in any order.
 */
public final class SeriesBytes {
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

  /** The first half of the fingerprint. */
  public long fingerprint() {
    return hash.first;
  }

  /** The second half of the fingerprint. */
  public long fingerprint2() {
    return hash.second;
  }

  /**
   * Reads the labels.
   *
   * @throws WrongLabels when they name no series: a label without name or twice, or no UTF-8
   * @throws io.oriel.model.limit.Refusal.LimitReached when there are too many
   */
  public Labels labels(Limits limits) throws WrongLabels {
    var labels = Labels.builder();
    var names = new HashSet<String>();
    try {
      fields.over(bytes, from, to);
      for (int tag; (tag = fields.tag()) != 0; ) {
        if (tag == LABEL) label(fields.lengthOf(), labels, names);
        else fields.skip(tag);
        limits.check(Limit.LABELS_PER_SERIES, names.size(), "a pushed series");
      }
    } catch (Malformed | CharacterCodingException _) {
      throw new WrongLabels(
          "the labels %s go on with bytes that are no text".formatted(labels.build()));
    }
    return labels.build();
  }

  private void label(int labelTo, Labels.Builder into, Set<String> names)
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
    if (name.isEmpty()) {
      throw new WrongLabels("the labels %s go on with one without name".formatted(into.build()));
    }
    if (!names.add(name)) {
      throw new WrongLabels("the labels %s have %s twice".formatted(into.build(), name));
    }
    into.set(name, value);
  }

  /** Labels that name no series; the message says which and why. */
  public static final class WrongLabels extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MOST = 300; // characters of a message

    WrongLabels(String what) {
      super(what.length() > MOST ? what.substring(0, MOST) + "..." : what, null, false, false);
    }
  }
}
