package io.oriel.model.backend;

import io.oriel.model.SampleColumns;

/**
 * What a query does with the samples that it selects. A source that keeps aggregates of old samples
 * may answer by these where they do as well; any other need not look at it.
 *
 * @param reading what is made of the samples of a window
 * @param firstMs where the first window ends; a window is open on the left, closed on the right
 * @param stepMs how far it is to the next window's end; 0: there is one window
 * @param windowMs how long each window is
 * @param coarsestMs aggregates of more time than that are not wanted; 0: none are
 */
public record SelectHints(
    Reading reading, long firstMs, long stepMs, long windowMs, long coarsestMs) {
  /** For {@code coarsestMs}: whatever there is. */
  public static final long ANY_RESOLUTION = Long.MAX_VALUE;

  /**
   * What is made of the samples of a window, and so what a row of an aggregate has to tell. Rows
   * that stand for several samples say for how many, see {@link SampleColumns#count}.
   */
  public enum Reading {
    /** The newest sample, as an instant selector has it: a stale marker ends the series. */
    NEWEST,
    /** The newest sample that is no marker. */
    LAST,
    /** How many there are. A row's value means nothing. */
    COUNT,
    /** Their sum. */
    SUM,
    /** Their mean. A row's value is the sum. */
    MEAN,
    /** The smallest. */
    LEAST,
    /** The largest. */
    LARGEST,
    /** How much a counter grew, and how often it fell: first and last, and falls between them. */
    GROWTH,
    /** How far the last is from the first. */
    DIFFERENCE,
    /** Anything else: only the samples themselves will do; without them, the last of each row. */
    OTHER
  }

  /** Whether all windows begin and end at multiples of a length of time. */
  public boolean fallsOn(long lengthMs) {
    return Math.floorMod(firstMs, lengthMs) == 0
        && stepMs % lengthMs == 0
        && windowMs % lengthMs == 0;
  }
}
