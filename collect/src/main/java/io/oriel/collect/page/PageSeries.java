package io.oriel.collect.page;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import io.oriel.wire.exposition.SeriesText;
import java.util.Arrays;

/** A series of a page: the bytes that name it there, what they mean, and its newest value. */
public final class PageSeries {
  private final byte[] text;
  private final int form;
  private final long hash;
  private final Metric metric;
  private final Labels labels;
  private int place; // on the page that was read last
  private double value;

  PageSeries(SeriesText text, Metric metric, Labels labels) {
    this.text = Arrays.copyOfRange(text.bytes(), text.from(), text.to());
    this.form = text.form();
    this.hash = text.hash();
    this.metric = metric;
    this.labels = labels;
  }

  boolean isOf(SeriesText other) {
    return other.sameAs(text, 0, text.length, form);
  }

  long hash() {
    return hash;
  }

  public Metric metric() {
    return metric;
  }

  /** Beside the name. */
  public Labels labels() {
    return labels;
  }

  public double value() {
    return value;
  }

  int place() {
    return place;
  }

  void place(int newest) {
    place = newest;
  }

  void value(double newest) {
    value = newest;
  }
}
