package io.oriel.storage.index;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;

/**
 * A label index in memory that grows. Any thread may call anything: changes exclude each other, and
 * whoever asks sees a series whole or not at all.
 *
 * <p>Ids are the caller's choice, best small and without gaps. An id may be used again after its
 * series was removed; who asks must then make sure by other means that an answer is still about the
 * series it meant.
 */
public final class HeadIndex implements LabelIndex {
  private final Map<Labels, Integer> ids = new HashMap<>();
  private final TreeMap<Integer, Labels> series = new TreeMap<>();

  /** Adds a series under an id that is free; its labels are not in the index yet. */
  public synchronized void add(int id, Labels labels) {
    ids.put(labels, id);
    series.put(id, labels);
  }

  /** The id of the series with exactly these labels, -1 where there is none. Allocates nothing. */
  public synchronized int find(Labels labels) {
    return ids.getOrDefault(labels, -1);
  }

  /** Forgets series; ids that are not there do not matter. */
  public synchronized void remove(RoaringBitmap gone) {
    for (int id : gone) {
      Labels labels = series.remove(id);
      if (labels != null) ids.remove(labels);
    }
  }

  @Override
  public synchronized RoaringBitmap matching(List<Matcher> matchers) {
    var found = new RoaringBitmap();
    series.forEach((id, labels) -> {
      if (matchers.stream().allMatch(matcher -> matcher.matches(labels))) found.add(id);
    });
    return found;
  }

  @Override
  public synchronized Labels labels(int id) {
    Labels labels = series.get(id);
    if (labels == null) throw new IllegalArgumentException("no series has the id " + id);
    return labels;
  }

  @Override
  public List<String> labelNames() {
    return labelNames(matching(List.of()));
  }

  @Override
  public List<String> labelNames(RoaringBitmap of) {
    return collect(of, labels -> labels.toMap().keySet());
  }

  @Override
  public List<String> labelValues(String name) {
    return labelValues(name, matching(List.of()));
  }

  @Override
  public List<String> labelValues(String name, RoaringBitmap of) {
    return collect(
        of, labels -> labels.get(name) == null ? List.of() : List.of(labels.valueOf(name)));
  }

  private synchronized List<String> collect(
      RoaringBitmap of, Function<Labels, Iterable<String>> what) {
    var found = new TreeSet<String>();
    for (int id : of) {
      Labels labels = series.get(id);
      if (labels != null) what.apply(labels).forEach(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  public synchronized int size() {
    return series.size();
  }
}
