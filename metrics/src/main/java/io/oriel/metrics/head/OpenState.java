package io.oriel.metrics.head;

/** What a series' open chunk needs beside its bits to go on: copied by readers and checkpoints. */
final class OpenState {
  long lastTime;
  long lastBits;
  long lastDelta;
  long sealed;
  int leading;
  int length;
  int count;
  int bits;

  /** Whether the samples are rows of histograms, not bits of floats. */
  boolean isRows;

  byte[] rows = {};
  int rowBytes;
  int[] startRows = {};
  long[] startTimes = {};
  int starts;
}
