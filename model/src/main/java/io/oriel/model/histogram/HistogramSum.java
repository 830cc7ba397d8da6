package io.oriel.model.histogram;

import io.oriel.model.histogram.BucketSums.IndexMap;

/**
 * A sum of histograms that is written to: folding many into one allocates nothing as long as they
 * have the same buckets. All parts are compensated sums.
 *
 * <p>What differs is brought together first: the finer schema becomes the coarser, the narrower
 * zero bucket grows to the wider (and on to the end of a bucket that it would cut), and of unlike
 * custom bounds those are kept that all have ({@link #reconciled} tells). Exponential and custom
 * buckets can't be added to each other.
 */
public final class HistogramSum implements HistogramFold {
  private int schema;
  private double[] bounds = {};
  private double threshold;
  private final Total count = new Total();
  private final Total sum = new Total();
  private final Total zero = new Total();
  private final BucketSums positive = new BucketSums();
  private final BucketSums negative = new BucketSums();
  private final ResetHints hints = new ResetHints();
  private boolean empty = true;
  private boolean reconciled;

  /** One compensated number. */
  private static final class Total {
    private double value;
    private double rest;

    void set(double first) {
      value = first;
      rest = 0;
    }

    void add(double more) {
      double next = value + more;
      rest = Double.isInfinite(next) ? 0 : rest + BucketSums.lost(value, more, next);
      value = next;
    }

    void scale(double factor) {
      value *= factor;
      rest *= factor;
    }

    void divide(double divisor) {
      value /= divisor;
      rest /= divisor;
    }

    double exact() {
      return value + rest;
    }
  }

  @Override
  public void clear() {
    empty = true;
    reconciled = false;
    hints.clear();
  }

  /** Whether nothing was added yet. */
  public boolean isEmpty() {
    return empty;
  }

  /** Starts anew with one histogram. */
  public void set(Histogram first) {
    clear();
    empty = false;
    schema = first.schema();
    bounds = first.customBounds();
    threshold = first.zeroThreshold();
    count.set(first.count());
    sum.set(first.sum());
    zero.set(first.zeroCount());
    positive.set(first.positive());
    negative.set(first.negative());
    hints.add(first.reset());
  }

  @Override
  public boolean add(Histogram other) {
    if (empty) {
      set(other);
      return true;
    }
    return add(other, 1);
  }

  /** As {@link #add}; hints of counter resets are joined in the same way. */
  public boolean subtract(Histogram other) {
    if (empty) set(other.times(0));
    return add(other, -1);
  }

  /** Whether a histogram can be added: both have exponential buckets, or both custom ones. */
  boolean fits(Histogram other) {
    return empty || other.custom() == (schema == Histogram.CUSTOM);
  }

  private boolean add(Histogram other, double sign) {
    if (!fits(other)) return false;
    hints.add(other.reset());
    if (other.custom()) addCustom(other, sign);
    else addExponential(other, sign);
    count.add(sign * other.count());
    sum.add(sign * other.sum());
    return true;
  }

  private void addCustom(Histogram other, double sign) {
    if (CustomBounds.equal(bounds, other.customBounds())) {
      positive.add(other.positive(), 0, IndexMap.SAME, sign);
      return;
    }
    reconciled = true;
    double[] common = CustomBounds.common(bounds, other.customBounds());
    positive.regroup(CustomBounds.map(bounds, common));
    positive.add(other.positive(), 0, CustomBounds.map(other.customBounds(), common), sign);
    bounds = common;
  }

  private void addExponential(Histogram other, double sign) {
    double reached = other.zeroThreshold() == threshold ? threshold : commonThreshold(other);
    if (reached > threshold) widenZero(reached);
    double otherZero = other.zeroCount();
    int fromPositive = firstBeyond(other, other.positive(), reached);
    int fromNegative = firstBeyond(other, other.negative(), reached);
    if (reached > other.zeroThreshold()) {
      for (int i = 0; i < fromPositive; i++) otherZero += other.positive().counts()[i];
      for (int i = 0; i < fromNegative; i++) otherZero += other.negative().counts()[i];
    }
    zero.add(sign * otherZero);
    if (other.schema() < schema) reduceTo(other.schema());
    var map = IndexMap.coarserBy(other.schema() - schema);
    positive.add(other.positive(), fromPositive, map, sign);
    negative.add(other.negative(), fromNegative, map, sign);
  }

  /** The least threshold that both reach without cutting a filled bucket of the one that grows. */
  private double commonThreshold(Histogram other) {
    double reached = Math.max(threshold, other.zeroThreshold());
    double before;
    do {
      before = reached;
      if (reached > threshold) {
        reached = settled(positive, reached);
        reached = settled(negative, reached);
      }
      if (reached > other.zeroThreshold()) reached = other.settled(reached);
    } while (reached != before);
    return reached;
  }

  /** The end of the filled bucket that a threshold would cut, or the threshold itself. */
  private double settled(BucketSums side, double reached) {
    for (int i = 0; i < side.size(); i++) {
      if (BucketBounds.upper(schema, side.index(i) - 1) >= reached) break;
      double upper = BucketBounds.upper(schema, side.index(i));
      if (upper > reached && side.count(i) != 0) return upper;
    }
    return reached;
  }

  private void widenZero(double reached) {
    threshold = reached;
    swallow(positive);
    swallow(negative);
  }

  private void swallow(BucketSums side) {
    int inside = 0;
    while (inside < side.size() && BucketBounds.upper(schema, side.index(inside)) <= threshold) {
      zero.add(side.count(inside));
      zero.add(side.rest(inside));
      inside++;
    }
    side.dropFirst(inside);
  }

  /** The first bucket that reaches beyond a threshold. */
  private static int firstBeyond(Histogram histogram, Buckets side, double threshold) {
    int first = 0;
    if (threshold == 0) return first;
    while (first < side.size()
        && BucketBounds.upper(histogram.schema(), side.indexes()[first]) <= threshold) {
      first++;
    }
    return first;
  }

  /** Makes the schema coarser. */
  void reduceTo(int coarser) {
    var map = IndexMap.coarserBy(schema - coarser);
    positive.regroup(map);
    negative.regroup(map);
    schema = coarser;
  }

  public void scale(double factor) {
    count.scale(factor);
    sum.scale(factor);
    zero.scale(factor);
    positive.scale(factor);
    negative.scale(factor);
  }

  public void divide(double divisor) {
    count.divide(divisor);
    sum.divide(divisor);
    zero.divide(divisor);
    positive.divide(divisor);
    negative.divide(divisor);
  }

  /** Asked of {@link #reconciled} again, only what comes from now on counts. */
  public void forgetReconciled() {
    reconciled = false;
  }

  @Override
  public boolean reconciled() {
    return reconciled;
  }

  @Override
  public boolean resetsCollide() {
    return hints.collide();
  }

  public double count() {
    return count.exact();
  }

  @Override
  public Histogram result() {
    return result(hints.joined());
  }

  public Histogram result(CounterReset reset) {
    return new Histogram(
        schema,
        count.exact(),
        sum.exact(),
        threshold,
        zero.exact(),
        positive.result(),
        negative.result(),
        bounds,
        reset);
  }
}
