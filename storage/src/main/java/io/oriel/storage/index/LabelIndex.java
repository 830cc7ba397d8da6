package io.oriel.storage.index;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Labels of series, by id; any thread may ask. What is returned belongs to the caller. */
public interface LabelIndex {
  /** The ids of the series that all matchers agree on; without a matcher: all. */
  RoaringBitmap matching(List<Matcher> matchers);

  /** The labels of a series; its id is one that is in the index. */
  Labels labels(int series);

  /** The labels of many series, in the order of their ids; equal values are mostly one string. */
  Labels[] labels(RoaringBitmap series);

  /** The names of labels that any series carries, sorted. */
  List<String> labelNames();

  /** The names of labels that any of these series carries, sorted. */
  List<String> labelNames(RoaringBitmap series);

  /** The values of a label, sorted. */
  List<String> labelValues(String name);

  /** The values of a label among these series, sorted. */
  List<String> labelValues(String name, RoaringBitmap series);

  /** How many series there are. */
  int size();
}
