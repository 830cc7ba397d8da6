package io.oriel.storage.index;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values of pairs while many series are written out: series share most of their pairs, and each
 * is decoded once, or once more where another pair took its place. Not thread-safe.
 */
final class PairTexts {
  private static final int MOST = 1 << 14;
  private static final int LEAST = 16;

  private final IntFunction<String> decode;
  private final int[] pairs; // by the pair's low bits
  private final @Nullable String[] texts;

  /**
   * Room for the pairs of some series.
   *
   * @param series how many there are
   * @param all how many pairs the index has
   */
  PairTexts(int series, int all, IntFunction<String> decode) {
    long wanted = Math.min(Math.min(4L * series, all), MOST);
    int room = Math.max(LEAST, Integer.highestOneBit((int) Math.max(1, 2 * wanted - 1)));
    this.decode = decode;
    this.pairs = new int[room];
    this.texts = new String[room];
  }

  String of(int pair) {
    int slot = pair & (pairs.length - 1);
    String text = texts[slot];
    if (text != null && pairs[slot] == pair) return text;
    text = decode.apply(pair);
    pairs[slot] = pair;
    texts[slot] = text;
    return text;
  }
}
