package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * A series of version 2: its labels are pairs of references to the table of texts. Its fingerprint
 * is made of the texts' own, so that it is the same in each request, whatever its table looks like.
 */
final class SeriesRefs implements PushedSeries {
  private final SymbolTable symbols;
  private final Limits limits;
  private final LabelHash hash = new LabelHash();
  private long[] refs = new long[32];
  private int size;

  boolean hasSamples;
  boolean hasHistograms;

  SeriesRefs(SymbolTable symbols, Limits limits) {
    this.symbols = symbols;
    this.limits = limits;
  }

  void clear() {
    size = 0;
    hasSamples = false;
    hasHistograms = false;
    hash.clear();
  }

  /** Reads one field of references, packed or not; false where it is none. */
  boolean read(Fields fields, int tag) throws Malformed {
    if ((tag & 7) == Fields.VARINT) {
      add(fields.varint());
      return true;
    }
    if ((tag & 7) != Fields.BYTES) return false;
    int end = fields.end;
    fields.end = fields.lengthOf();
    while (fields.at < fields.end) add(fields.varint());
    fields.end = end;
    return true;
  }

  /** One more than may be is enough to refuse the series; the others need not be kept. */
  private void add(long ref) {
    if (size > 2 * limits.of(Limit.LABELS_PER_SERIES)) return;
    if (size == refs.length) refs = Arrays.copyOf(refs, 2 * size);
    refs[size++] = ref;
    if (symbols.has(ref)) hash.add(symbols.first((int) ref), symbols.second((int) ref));
    else hash.add(ref, ~ref);
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
    return hasSamples && hasHistograms;
  }

  /** The reference to the metric's name; -1 where there is none. */
  int name() {
    for (int i = 0; i + 1 < size; i += 2) {
      boolean known = symbols.has(refs[i]) && symbols.has(refs[i + 1]);
      if (known && symbols.isName((int) refs[i])) return (int) refs[i + 1];
    }
    return -1;
  }

  @Override
  public Labels labels(Limits limits) throws WrongLabels {
    limits.check(Limit.LABELS_PER_SERIES, (size + 1) / 2, "a pushed series");
    var labels = new LabelSet();
    try {
      for (int i = 0; i < size; i += 2) {
        if (i + 1 == size) throw labels.wrong("go on with a name without a value");
        labels.add(text(refs[i], labels), text(refs[i + 1], labels));
      }
    } catch (CharacterCodingException _) {
      throw labels.wrong("go on with bytes that are no text");
    }
    return labels.labels();
  }

  private String text(long ref, LabelSet before) throws WrongLabels, CharacterCodingException {
    if (symbols.has(ref)) return symbols.text((int) ref);
    throw before.wrong(
        "go on with the text %s of a table of %d"
            .formatted(Long.toUnsignedString(ref), symbols.size()));
  }
}
