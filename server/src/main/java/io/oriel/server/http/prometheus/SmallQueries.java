package io.oriel.server.http.prometheus;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which questions took little time when they were asked last, by hash: what was small mostly is
 * small again. Where two share a place the later one has it. Thread-safe.
 */
final class SmallQueries {
  private static final int PLACES = 1 << 12;

  private final AtomicIntegerArray hashes = new AtomicIntegerArray(PLACES);

  boolean has(int hash) {
    return hash != 0 && hashes.getOpaque(place(hash)) == hash;
  }

  /** Remembers how a question turned out. */
  void learn(int hash, boolean small) {
    if (small == has(hash)) return;
    hashes.setOpaque(place(hash), small ? hash : 0);
  }

  private static int place(int hash) {
    return (hash * 0x9e3779b9) >>> 20;
  }
}
