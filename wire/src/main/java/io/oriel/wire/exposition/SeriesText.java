package io.oriel.wire.exposition;

import io.oriel.model.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The bytes that name a series on a page, {@code http_requests_total{code="200"}}, as they stand
 * there. Lent to a visitor for one call.
 *
 * <p>Two texts with equal bytes and equal {@link #form} are the same series, so {@link #hash} and
 * {@link #sameAs} are enough to recognise one without reading it. The text is checked only when
 * {@link #labels} reads it.
 */
public final class SeriesText {
  /** The labels are as written. */
  static final int AS_WRITTEN = 0;

  /** Under TYPE histogram: the value of {@code le} is brought to the form {@code 1.0}. */
  static final int HISTOGRAM = 1;

  /** Under TYPE summary: the value of {@code quantile} is. */
  static final int SUMMARY = 2;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  // a fresh seed a process: a page can't be written so that its series collide
  private static final long SEED = ThreadLocalRandom.current().nextLong() | 1;
  private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio

  private final Page page;
  private final LabelReader reader;
  private int from;
  private int to;
  private int form;

  SeriesText(Page page, LabelReader reader) {
    this.page = page;
    this.reader = reader;
  }

  SeriesText set(int from, int to, int form) {
    this.from = from;
    this.to = to;
    this.form = form;
    return this;
  }

  /** The array that the text lies in; only {@link #from} to {@link #to} belong to it. */
  public byte[] bytes() {
    return page.bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** A small number that belongs to the identity: the same text can mean other labels. */
  public int form() {
    return form;
  }

  /** Of bytes and form; differs from process to process. */
  public long hash() {
    byte[] bytes = page.bytes;
    long hash = SEED + form;
    int i = from;
    for (; i + 8 <= to; i += 8) hash = mix(hash ^ (long) LONG.get(bytes, i));
    long tail = 0;
    for (; i < to; i++) tail = tail << 8 | bytes[i] & 0xff;
    return mix(hash ^ tail ^ (long) (to - from) << 56);
  }

  private static long mix(long x) {
    long high = Math.multiplyHigh(x, MIX);
    return x * MIX ^ high;
  }

  /** Whether these bytes and this form are the same series. */
  public boolean sameAs(byte[] other, int otherFrom, int otherTo, int otherForm) {
    return form == otherForm && Arrays.equals(page.bytes, from, to, other, otherFrom, otherTo);
  }

  /**
   * Reads the text.
   *
   * @throws SyntaxError when it is not a series: a wrong quote, a label twice, not UTF-8
   */
  public Labels labels() throws SyntaxError {
    return reader.read(from, to, form);
  }

  /** The text as it stands, for messages. */
  @Override
  public String toString() {
    return page.excerpt(from, to);
  }
}
