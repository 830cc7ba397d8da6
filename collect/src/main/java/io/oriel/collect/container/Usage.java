package io.oriel.collect.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one container takes: the figures of one round. Filled anew each round, never half kept. */
final class Usage {
  private final double[] values = new double[Figure.ALL.length];
  private final List<DiskUse> disks = new ArrayList<>();
  private final List<NetworkUse> networks = new ArrayList<>();

  /**
   * Traffic with one disk since the container was started; NaN for what is not known.
   *
   * @param numbers major and minor: {@code 259:0}
   */
  record DiskUse(
      String numbers, double readBytes, double writtenBytes, double reads, double writes) {}

  /**
   * Traffic by one interface, as the container sees it: bytes, packets, errors, dropped; received,
   * then sent; NaN for what is not known.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record NetworkUse(String name, double[] received, double[] sent) {}

  Usage() {
    clear();
  }

  void clear() {
    Arrays.fill(values, Double.NaN);
    disks.clear();
    networks.clear();
  }

  void set(Figure figure, double value) {
    values[figure.ordinal()] = value;
  }

  /** Only where nobody said it before. */
  void setAbsent(Figure figure, double value) {
    if (Double.isNaN(of(figure))) set(figure, value);
  }

  /** NaN where it is not known. */
  double of(Figure figure) {
    return values[figure.ordinal()];
  }

  boolean has(Figure figure) {
    return !Double.isNaN(of(figure));
  }

  List<DiskUse> disks() {
    return disks;
  }

  List<NetworkUse> networks() {
    return networks;
  }

  /** What is no page cache that can simply be given up: memory less its inactive files. */
  void workingSet() {
    double inactive = of(Figure.INACTIVE_FILE);
    double memory = of(Figure.MEMORY);
    set(Figure.WORKING_SET, Math.max(0, memory - (Double.isNaN(inactive) ? 0 : inactive)));
    if (Double.isNaN(memory)) set(Figure.WORKING_SET, Double.NaN);
  }
}
