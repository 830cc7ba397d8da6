package io.oriel.metrics;

import io.oriel.metrics.block.Deletion;
import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.HeadDeletion;
import io.oriel.metrics.read.TombstoneBytes;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.Lease;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.life.StoreFiles;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is deleted and still lies in blocks or in the head's log: one small file, replaced as a
 * whole, so that after a crash a deletion has happened or not. Reading leaves out what it says, and
 * so do the cutting and the merging of blocks: by that it becomes true, and is forgotten here.
 * Under the lock of the housekeeping.
 */
final class Tombstones {
  private final StoreFiles<MetricBlock> files;
  private final Head head;
  private final Disk disk;
  private final Path file;
  private TombstoneBytes now;

  private Tombstones(StoreFiles<MetricBlock> files, Head head) {
    this.files = files;
    this.head = head;
    DataFolder folder = files.folder();
    this.disk = folder.disk();
    this.file = folder.root().resolve(StoreFiles.TOMBSTONES);
    this.now = read();
  }

  /** Takes up what an earlier run deleted. */
  static Tombstones open(StoreFiles<MetricBlock> files, Head head) {
    var tombstones = new Tombstones(files, head);
    tombstones.dropForeignEditions();
    tombstones.apply();
    return tombstones;
  }

  private TombstoneBytes read() {
    try {
      return disk.exists(file) ? TombstoneBytes.read(disk.read(file)) : TombstoneBytes.NONE;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Refusal.CannotStart(
          "the list of deleted series %s can't be read (%s)".formatted(file, e.getMessage()),
          "restore it from a backup or a snapshot; or move it away and start: what was deleted since the last compaction then comes back");
    }
  }

  /**
   * A manifest that was made anew counts from a lower edition: what it names later is not meant.
   */
  private void dropForeignEditions() {
    long edition = files.manifest().edition();
    if (now.ofBlocks().stream().allMatch(each -> each.edition() <= edition)) return;
    var ours = new ArrayList<Deletion>();
    for (Deletion each : now.ofBlocks()) {
      ours.add(new Deletion(Math.min(each.edition(), edition), each.range(), each.selections()));
    }
    try {
      replace(new TombstoneBytes(ours, now.ofHead()));
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the list of deleted series %s can't be written (%s)".formatted(file, e.getMessage()),
          "check the disk and the rights on that folder");
    }
  }

  private void replace(TombstoneBytes next) throws IOException {
    disk.replace(file, files.folder().tmp().resolve(StoreFiles.TOMBSTONES), next.write());
    now = next;
  }

  private void apply() {
    now.hide(head, files.blocks());
  }

  /** Deletes what is in the store now; when this returns it is durable and no answer has it. */
  void delete(List<List<Matcher>> selections, TimeRange range) throws IOException {
    var ofHead = new ArrayList<>(now.ofHead());
    ofHead.addAll(head.toDelete(selections, range));
    var ofBlocks = new ArrayList<>(now.ofBlocks());
    ofBlocks.add(new Deletion(files.manifest().edition(), range, List.copyOf(selections)));
    replace(needed(ofBlocks, ofHead));
    apply();
  }

  /** Forgets what is true by now; nobody may hold an older view of the head. */
  void tidy() throws IOException {
    TombstoneBytes needed = needed(now.ofBlocks(), now.ofHead());
    if (needed.equals(now)) return;
    replace(needed);
    apply();
  }

  private TombstoneBytes needed(List<Deletion> ofBlocks, List<HeadDeletion> ofHead) {
    Manifest manifest = files.manifest();
    return new TombstoneBytes(
        ofBlocks.stream()
            .filter(each ->
                manifest.blocks().stream()
                    .anyMatch(block -> each.concerns(block.writtenAfter(), block.range())))
            .toList(),
        ofHead.stream().filter(each -> each.endMs() >= manifest.headFrom()).toList());
  }

  /** Names of the blocks of which something is deleted; what means none of them is forgotten. */
  List<String> concerned() {
    var names = new ArrayList<String>();
    for (Lease<MetricBlock> lease : files.blocks().borrow(TimeRange.ALWAYS)) {
      try (lease) {
        if (lease.block().damage() == null && lease.block().hidesAny()) names.add(lease.name());
      }
    }
    return names;
  }

  /** Forgets what is deleted of blocks, where none has any of it left. */
  void forgetClean() throws IOException {
    boolean isAnyDamaged = false;
    for (Lease<MetricBlock> lease : files.blocks().borrow(TimeRange.ALWAYS)) {
      try (lease) {
        isAnyDamaged |= lease.block().damage() != null;
      }
    }
    if (isAnyDamaged || now.ofBlocks().isEmpty() || !concerned().isEmpty()) return;
    replace(new TombstoneBytes(List.of(), now.ofHead()));
    apply();
  }
}
