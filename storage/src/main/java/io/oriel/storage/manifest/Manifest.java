package io.oriel.storage.manifest;

import io.oriel.model.TimeRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What is part of a store: its blocks, its checkpoint, and where the write-ahead log begins to
 * matter. Immutable.
 *
 * @param edition grows by one with each change
 * @param checkpoint the file name of the checkpoint, empty when there is none yet
 * @param firstSegment the first segment of the log that the checkpoint does not cover; 0 before the
 *     first checkpoint: all there are
 * @param headFrom what came in before this time was cut from memory into blocks; the minimum before
 *     the first cut. Blocks may hold later times too: those did not come from there
 * @param blocks by start time, then by name
 * @param gone names of folders of blocks that are no part any more and may still be there: what is
 *     neither here nor among the blocks is not the store's, and not deleted
 */
public record Manifest(
    long edition,
    String checkpoint,
    long firstSegment,
    long headFrom,
    List<Entry> blocks,
    List<String> gone) {
  public static final Manifest EMPTY = new Manifest(0, "", 0, List.of());

  /**
   * One block.
   *
   * @param name its folder's name
   * @param range the time of what is in it
   * @param bytes what it takes on disk
   * @param resolutionMs how much time one row of it stands for, where it is made of others; 0: it
   *     has what came in
   */
  public record Entry(String name, TimeRange range, long bytes, long resolutionMs)
      implements Comparable<Entry> {
    public Entry(String name, TimeRange range, long bytes) {
      this(name, range, bytes, 0);
    }

    public Entry {
      if (resolutionMs < 0) throw new IllegalArgumentException("a resolution below nothing");
      if (!name.matches("[0-9A-Za-z._-]{1,100}") || name.startsWith(".")) {
        throw new IllegalArgumentException("not a block's name: " + name);
      }
    }

    /**
     * The edition that the block came after, by its name; 0 where the name doesn't tell. Of two
     * blocks that overlap, the one with the higher edition was written later.
     */
    public long writtenAfter() {
      String digits = name.substring(name.lastIndexOf('-') + 1);
      return digits.length() < name.length() && digits.matches("[0-9]{1,18}")
          ? Long.parseLong(digits)
          : 0;
    }

    /**
     * The edition that a block's name tells before the last: of what came in, the newest that came
     * where aggregates had been made already (0: none did); of an aggregate, the one whose blocks
     * it was made of. So it lacks something where that of a block below it is not smaller.
     */
    public long newsAfter() {
      String[] words = name.split("-", -1);
      String word = words.length < 3 ? "" : words[words.length - 2];
      return word.matches("n[0-9]{1,18}") ? Long.parseLong(word.substring(1)) : 0;
    }

    /** Whether it is made of others: a row stands for the samples of some time. */
    public boolean isAggregate() {
      return resolutionMs > 0;
    }

    @Override
    public int compareTo(Entry other) {
      int order = Long.compare(range.startMs(), other.range.startMs());
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  public Manifest {
    blocks = blocks.stream().sorted().toList();
    gone = gone.stream().sorted().distinct().toList();
  }

  /** Before the first cut, without folders that are gone. */
  public Manifest(long edition, String checkpoint, long firstSegment, List<Entry> blocks) {
    this(edition, checkpoint, firstSegment, Long.MIN_VALUE, blocks, List.of());
  }

  public Manifest withBlock(Entry block) {
    var more = new ArrayList<>(blocks);
    more.add(block);
    return new Manifest(edition, checkpoint, firstSegment, headFrom, more, gone);
  }

  public Manifest withoutBlock(String name) {
    var fewer = blocks.stream().filter(block -> !block.name().equals(name)).toList();
    var names = new ArrayList<>(gone);
    names.add(name);
    return new Manifest(edition, checkpoint, firstSegment, headFrom, fewer, names);
  }

  /** With other names of folders that may still be there and are no part any more. */
  public Manifest withGone(List<String> names) {
    return new Manifest(edition, checkpoint, firstSegment, headFrom, blocks, names);
  }

  /** With a checkpoint that covers the log before that segment. */
  public Manifest withCheckpoint(String name, long newFirstSegment) {
    return new Manifest(edition, name, newFirstSegment, headFrom, blocks, gone);
  }

  /** With all that came in before that time in blocks; never less than before. */
  public Manifest withHeadFrom(long ms) {
    long later = Math.max(headFrom, ms);
    return new Manifest(edition, checkpoint, firstSegment, later, blocks, gone);
  }

  Manifest next() {
    return new Manifest(edition + 1, checkpoint, firstSegment, headFrom, blocks, gone);
  }
}
