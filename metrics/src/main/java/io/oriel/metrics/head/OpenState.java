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
}
