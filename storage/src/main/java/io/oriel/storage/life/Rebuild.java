package io.oriel.storage.life;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.FoundBlocks;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import io.oriel.storage.wal.Wal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a manifest anew of what lies in a store's folder. Only where somebody says so, by the name
 * of the damaged one: {@code manifest.damaged} and no {@code manifest} beside it.
 */
final class Rebuild {
  private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

  /**
   * The lost manifest's edition was larger than any block's, by each checkpoint since, and others
   * may remember it, as lists of deletions do: the new one must be larger still.
   */
  private static final long LEAP = 1_000_000;

  private final DataFolder folder;
  private final Disk disk;

  private Rebuild(DataFolder folder) {
    this.folder = folder;
    this.disk = folder.disk();
  }

  /**
   * Does so where it is asked for, and takes the asking away: the damaged file's last name is
   * {@code manifest.replaced}.
   */
  static void whereAsked(DataFolder folder) {
    Path asking = folder.root().resolve("manifest.damaged");
    Disk disk = folder.disk();
    try {
      if (!disk.exists(asking)) return;
      if (!disk.exists(folder.manifest())) new Rebuild(folder).run();
      disk.rename(asking, folder.root().resolve("manifest.replaced"));
      disk.force(folder.root());
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the manifest %s can't be made anew (%s)".formatted(folder.manifest(), e.getMessage()),
          "check the disk and the rights on that folder");
    }
  }

  private void run() throws IOException {
    FoundBlocks found = FoundBlocks.in(folder);
    Checkpointed checkpoint = checkpoint();
    long edition = newestEdition(found) + LEAP;
    var manifest =
        new Manifest(edition, checkpoint.name(), checkpoint.place().firstSegment(), found.blocks())
            .withHeadFrom(checkpoint.place().headFrom());
    ManifestFile.write(disk, folder.manifest(), folder.tmp().resolve("manifest"), manifest);
    log.error(
        "manifest made anew path={} blocks={} checkpoint={} first_segment={} left_out={} replaced_by_merging={}"
            + " note=\"what is left out is moved to unknown/; what retention had dropped may be back until its next round\"",
        folder.manifest(),
        found.blocks().size(),
        checkpoint.name().isEmpty() ? "none" : checkpoint.name(),
        checkpoint.place().firstSegment(),
        found.unreadable(),
        found.replaced());
  }

  /**
   * Blocks are named after the edition that they came after; the next must be a name of its own.
   */
  private static long newestEdition(FoundBlocks found) {
    long newest = 0;
    for (Manifest.Entry block : found.blocks()) newest = Math.max(newest, edition(block.name()));
    for (String name : found.unreadable()) newest = Math.max(newest, edition(name));
    for (String name : found.replaced()) newest = Math.max(newest, edition(name));
    return newest;
  }

  private static long edition(String name) {
    String last = name.substring(name.lastIndexOf('-') + 1);
    return last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0;
  }

  private record Checkpointed(String name, Checkpoint.Place place) {}

  /**
   * The oldest whole one whose log is there yet. A newer one may stand for blocks that a crash left
   * half made; the log before it is cut only once the manifest names it, and the older one with all
   * of the log has the same.
   */
  private Checkpointed checkpoint() throws IOException {
    List<String> names =
        disk.list(folder.checkpoints()).stream().filter(Recovery::isCheckpoint).toList();
    for (String name : names) {
      Checkpoint.@Nullable Place place = place(name);
      if (place == null) continue;
      long first = Math.max(1, place.firstSegment());
      if (Wal.hasSegment(disk, folder.wal(), first)) return new Checkpointed(name, place);
    }
    // a damaged one is named, so that the start says what to do about it
    String newest = names.isEmpty() ? "" : names.getLast();
    Checkpoint.@Nullable Place place = newest.isEmpty() ? null : place(newest);
    return new Checkpointed(newest, place == null ? Checkpoint.Place.at(0) : place);
  }

  private Checkpoint.@Nullable Place place(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return Checkpoint.placeOf(disk.map(folder.checkpoints().resolve(name), arena));
    }
  }
}
