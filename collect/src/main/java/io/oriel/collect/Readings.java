package io.oriel.collect;

import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a collector found in one round. A collector simply tells everything again each round, in its
 * own order; the readings recognise a series by who was told before it, so that a steady round
 * compares two references a value and allocates nothing. For that a collector keeps its {@link
 * Metric}s as constants and its {@link Labels} from round to round.
 *
 * <p>Not thread-safe.
 */
public final class Readings {
  /** Receives the readings of a round. */
  @FunctionalInterface
  public interface Visitor {
    void reading(Metric metric, Labels labels, double value);
  }

  private record Key(Metric metric, Labels labels) {}

  private final Map<Key, Slot> slots = new HashMap<>();
  private List<Slot> told = new ArrayList<>(); // this round, in order
  private List<Slot> toldBefore = new ArrayList<>();
  private final Map<String, String> failures = new TreeMap<>();
  private final Map<Key, Integer> missing = new HashMap<>();
  private Slot last = new Slot(Metric.untyped("", ""), Labels.EMPTY);
  private final Slot first = last;
  private long round;
  private int added;

  /** A value without labels. */
  public void tell(Metric metric, double value) {
    tell(metric, Labels.EMPTY, value);
  }

  /** As {@link #tell(Metric, double)}; above 2^53 the last digits go, as in every sample. */
  public void tell(Metric metric, long value) {
    tell(metric, Labels.EMPTY, (double) value);
  }

  /** As {@link #tell(Metric, Labels, double)}; above 2^53 the last digits go. */
  public void tell(Metric metric, Labels labels, long value) {
    tell(metric, labels, (double) value);
  }

  /**
   * A value; the labels are those beside the metric's name. Told twice in a round, the first one
   * counts.
   */
  public void tell(Metric metric, Labels labels, double value) {
    Slot slot = last.next;
    if (slot == null || !slot.is(metric, labels)) {
      slot = find(metric, labels);
      last.next = slot;
    }
    if (slot.round == round) return;
    slot.round = round;
    slot.value = value;
    told.add(slot);
    last = slot;
  }

  private Slot find(Metric metric, Labels labels) {
    var key = new Key(metric, labels);
    Slot known = slots.get(key);
    if (known != null) return known;
    var slot = new Slot(metric, labels);
    slots.put(key, slot);
    added++;
    return slot;
  }

  /**
   * A value that the system does not offer here; it is counted by its reason and stays a hole.
   *
   * @param reason a few words out of a small set; it becomes a label
   */
  public void missing(Metric metric, Labels labels, String reason) {
    missing.merge(new Key(metric, Labels.of("reason", reason)), 1, Integer::sum);
  }

  /** A part of the system that could not be read though it should be: why, in one sentence. */
  public void failed(String part, String reason) {
    failures.put(part, reason);
  }

  /** What could not be read in this round, by part. */
  public Map<String, String> failures() {
    return failures;
  }

  /** How many series were told in this round. */
  public int size() {
    return told.size();
  }

  /** Everything told in this round, in the order of telling. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < told.size(); i++) {
      Slot slot = told.get(i);
      visitor.reading(slot.metric, slot.labels, slot.value);
    }
  }

  /** Starts a round: whoever runs the collector calls this before it. */
  public void begin() {
    round++;
    List<Slot> older = toldBefore;
    toldBefore = told;
    told = older;
    told.clear();
    failures.clear();
    missing.clear();
    added = 0;
    last = first;
  }

  /** How many series this round has that no round had before. */
  int added() {
    return added;
  }

  List<Slot> told() {
    return told;
  }

  /** Takes out the series that the round before had and this one has not. */
  List<Slot> takeGone() {
    List<Slot> gone = List.of();
    for (int i = 0; i < toldBefore.size(); i++) {
      Slot slot = toldBefore.get(i);
      if (slot.round == round) continue;
      if (gone.isEmpty()) gone = new ArrayList<>();
      gone.add(slot);
      slots.remove(new Key(slot.metric, slot.labels));
    }
    if (!gone.isEmpty()) forget();
    return gone;
  }

  /** Drops what was learned about the order, so that nothing points at a series that has gone. */
  private void forget() {
    first.next = null;
    for (int i = 0; i < told.size(); i++) told.get(i).next = null;
    last = first;
  }

  /** Calls with a metric, its {@code reason} label and how many series lacked a value. */
  void forEachMissing(Visitor visitor) {
    missing.forEach((key, count) -> visitor.reading(key.metric(), key.labels(), count));
  }
}
