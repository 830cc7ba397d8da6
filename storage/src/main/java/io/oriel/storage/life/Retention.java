package io.oriel.storage.life;

import io.oriel.storage.manifest.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a store keeps: blocks that are neither too old nor, with what is in no block yet, too much.
 * The oldest go first, whole blocks only, so a little more is kept than is said.
 *
 * @param age how long after its end a block is kept
 * @param ages the same of aggregates, by what time their rows stand for; one that is not named goes
 * @param bytes what the store's files may take together; 0 = no bound
 * @param freeBytes how much free disk blocks give way for; 0 = none. Off unless asked for: another
 *     program that fills the disk would cost the store its past, while {@link FreeDisk} only stops
 *     intake
 */
public record Retention(Duration age, Map<Long, Duration> ages, long bytes, long freeBytes) {
  public Retention(Duration age, long bytes, long freeBytes) {
    this(age, Map.of(), bytes, freeBytes);
  }

  public Retention {
    ages = Map.copyOf(ages);
    if (age.toMillis() < 1 || bytes < 0 || freeBytes < 0) {
      throw new IllegalArgumentException(
          "a retention of %s, %d bytes, %d free".formatted(age, bytes, freeBytes));
    }
  }

  /** Keeps what is younger than that. */
  public static Retention of(Duration age) {
    return new Retention(age, 0, 0);
  }

  /**
   * The blocks to retire now, oldest first. By age any may go; to make room, never the newest.
   *
   * @param blocks as the manifest lists them
   * @param nowMs the time now
   * @param free bytes free on the disk now
   * @param beside bytes of the store that are in no block: its log and its checkpoint
   */
  public List<String> due(List<Manifest.Entry> blocks, long nowMs, long free, long beside) {
    long all = beside + blocks.stream().mapToLong(Manifest.Entry::bytes).sum();
    long freed = 0;
    var due = new ArrayList<String>();
    List<Manifest.Entry> oldestFirst =
        blocks.stream()
            .sorted((a, b) -> Long.compare(a.range().endMs(), b.range().endMs()))
            .toList();
    for (Manifest.Entry block : oldestFirst) {
      boolean isOld = block.range().endMs() < nowMs - ageOf(block).toMillis();
      boolean isNewest = block.equals(oldestFirst.getLast());
      boolean isTooMuch =
          (bytes > 0 && all - freed > bytes) || (freeBytes > 0 && free + freed < freeBytes);
      if (!isOld && (isNewest || !isTooMuch)) continue;
      due.add(block.name());
      freed += block.bytes();
    }
    return due;
  }

  private Duration ageOf(Manifest.Entry block) {
    return block.isAggregate() ? ages.getOrDefault(block.resolutionMs(), Duration.ZERO) : age;
  }
}
