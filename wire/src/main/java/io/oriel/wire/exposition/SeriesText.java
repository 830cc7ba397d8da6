package io.oriel.wire.exposition;

import io.oriel.model.Labels;
import java.util.Arrays;

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
    return TextHash.of(page.bytes, from, to, form);
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

  /** The same, not lent: it may be kept. */
  SeriesText copy() {
    byte[] own = Arrays.copyOfRange(page.bytes, from, to);
    var its = new Page(own, own.length, Math.max(1, own.length));
    return new SeriesText(its, reader.over(its)).set(0, own.length, form);
  }

  /** The text as it stands, for messages. */
  @Override
  public String toString() {
    return page.excerpt(from, to);
  }
}
