package io.oriel.receive.intake;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands rows on, less what the rules drop. A series' rule is looked up once, when its handle is
 * asked for, and kept in the handle's highest byte: a sample without a rule costs one comparison.
 */
final class IntakeWriter implements MetricWriter {
  private static final int RULE_SHIFT = 56;
  private static final long HANDLE = (1L << RULE_SHIFT) - 1;

  private final MetricWriter next;
  private final Intake intake;
  private final Map<Repair, Integer> repaired = new EnumMap<>(Repair.class);
  private boolean dropped; // the row that was added last
  private int rowsDropped;

  IntakeWriter(MetricWriter next, Intake intake) {
    this.next = next;
    this.intake = intake;
  }

  @Override
  public long series(Labels labels) {
    Labels kept = withoutBlanks(labels);
    long handle = next.series(kept);
    assert handle >>> RULE_SHIFT == 0 : handle;
    return handle | (long) Rules.of(kept) << RULE_SHIFT;
  }

  private Labels withoutBlanks(Labels labels) {
    String metric = labels.metricName();
    Labels.Builder kept = null;
    for (int i = 0; i < labels.size(); i++) {
      if (!Rules.blankLabel(metric, labels.valueAt(i))) continue;
      if (kept == null) kept = labels.toBuilder();
      kept.remove(labels.nameAt(i));
      count(Repair.BLANK_LABEL);
    }
    return kept == null ? labels : kept.build();
  }

  private void count(Repair repair) {
    repaired.merge(repair, 1, Integer::sum);
    intake.count(repair, 1);
  }

  @Override
  public boolean isKept(long series) {
    return next.isKept(series & HANDLE);
  }

  @Override
  public void release(long series) {
    next.release(series & HANDLE);
  }

  @Override
  public void sample(long series, long timeMs, double value) {
    int number = (int) (series >>> RULE_SHIFT);
    dropped = false;
    if (number == Rules.NONE) {
      next.sample(series, timeMs, value);
      return;
    }
    Rules.Rule rule = Rules.rule(number);
    if (!rule.broken().test(value)) { // no NaN is: markers and gaps go on
      next.sample(series & HANDLE, timeMs, value);
      return;
    }
    count(rule.repair());
    dropped = rule.mended() == null;
    if (dropped) rowsDropped++;
    if (rule.mended() != null) {
      next.sample(series & HANDLE, timeMs, rule.mended().applyAsDouble(value));
    }
  }

  @Override
  public void histogram(long series, long timeMs, Histogram histogram) {
    dropped = false;
    next.histogram(series & HANDLE, timeMs, histogram);
  }

  @Override
  public void startOfLast(long startMs) {
    if (!dropped) next.startOfLast(startMs);
  }

  @Override
  public void exemplar(long series, Exemplar exemplar) {
    next.exemplar(series & HANDLE, exemplar);
  }

  @Override
  public void metadata(String metric, MetricMetadata metadata) {
    next.metadata(metric, metadata);
  }

  @Override
  public Receipt commit() {
    try {
      Receipt receipt = next.commit();
      return repaired.isEmpty() ? receipt : receipt.withRepaired(byReason(), rowsDropped);
    } finally {
      repaired.clear();
      rowsDropped = 0;
    }
  }

  private Map<String, Integer> byReason() {
    var counts = new TreeMap<String, Integer>();
    repaired.forEach((repair, count) -> counts.put(repair.label(), count));
    return counts;
  }

  @Override
  public void close() {
    next.close();
  }
}
