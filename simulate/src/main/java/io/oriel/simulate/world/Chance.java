package io.oriel.simulate.world;

import java.util.List;
import java.util.SplittableRandom;

/** Chance by a seed: each part of the world has its own, so that none disturbs another's. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 to below 1. */
  double share() {
    return random.nextDouble();
  }

  boolean hits(double probability) {
    return random.nextDouble() < probability;
  }

  /** Both ends included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** Around a middle, with a long tail upward: half of all are below the middle. */
  double around(double middle, double spread) {
    return middle * Math.exp(spread * random.nextGaussian());
  }

  /** How many of rare things happen where so many are expected; for small numbers. */
  int count(double expected) {
    double limit = Math.exp(-expected);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit && count < 1000) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** One of a list, the earlier ones likelier: each next half as likely. */
  <T> T favouring(List<T> all) {
    for (int i = 0; i < all.size() - 1; i++) {
      if (random.nextDouble() < 0.5) return all.get(i);
    }
    return all.getLast();
  }

  /** Well mixed digits of a number: names for things that are numbered. */
  static long mix(long seed, long number) {
    long z = seed + number * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** So many hexadecimal digits. */
  static String hex(long seed, long number, int digits) {
    var text = new StringBuilder(digits + 16);
    for (int i = 0; text.length() < digits; i++) {
      text.append("%016x".formatted(mix(seed + i, number)));
    }
    return text.substring(0, digits);
  }
}
