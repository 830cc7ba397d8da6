package io.oriel.storage.block;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.Finding;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.manifest.ManifestFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks of one store. Any thread borrows; one thread at a time publishes and retires.
 *
 * @param <B> what the store reads a block through
 */
public final class BlockFolder<B> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BlockFolder.class);

  private final DataFolder folder;
  private final Disk disk;
  private final ManifestFile manifest;
  private final BlockOpener<B> opener;
  private final Set<String> leftover = new HashSet<>(); // of failed changes; guarded by this
  private volatile List<HeldBlock<B>> blocks = List.of(); // as in the manifest: by start time

  private BlockFolder(DataFolder folder, ManifestFile manifest, BlockOpener<B> opener) {
    this.folder = folder;
    this.disk = folder.disk();
    this.manifest = manifest;
    this.opener = opener;
  }

  /**
   * Maps the blocks that the manifest names. What else lies there is deleted where it is the
   * store's own: it was taken out, or a crash came before the manifest named it. What is not the
   * store's is moved to {@code unknown/} beside.
   *
   * @throws Refusal.CannotStart when a block is missing or its files are damaged
   */
  public static <B> BlockFolder<B> open(
      DataFolder folder, ManifestFile manifest, BlockOpener<B> opener) {
    var blocks = new BlockFolder<>(folder, manifest, opener);
    try {
      blocks.mapAll();
      blocks.clearUnnamed();
      return blocks;
    } catch (IOException e) {
      blocks.close();
      throw new Refusal.CannotStart(
          "the blocks in %s can't be read (%s)".formatted(folder.blocks(), e.getMessage()),
          "check the disk and the rights on that folder");
    } catch (RuntimeException e) {
      blocks.close();
      throw e;
    }
  }

  /**
   * Maps the blocks that the manifest names and touches nothing else: for who only reads. What is
   * returned publishes and retires nothing.
   */
  public static <B> BlockFolder<B> look(
      DataFolder folder, ManifestFile manifest, BlockOpener<B> opener) throws IOException {
    var blocks = new BlockFolder<>(folder, manifest, opener);
    try {
      blocks.mapAll();
      return blocks;
    } catch (IOException | RuntimeException e) {
      blocks.close();
      throw e;
    }
  }

  /** Tells where the file that says what a block is has other bytes than were written. */
  public static void check(Disk disk, Path block, Finding.Hearer hearer) throws IOException {
    if (BlockAbout.isWhole(disk, block)) return;
    hearer.found(block.resolve(BlockAbout.FILE), 0, "its checksum differs");
  }

  private void mapAll() throws IOException {
    var opened = new ArrayList<HeldBlock<B>>();
    try {
      for (Manifest.Entry entry : manifest.current().blocks()) opened.add(atStart(entry));
    } finally {
      blocks = List.copyOf(opened);
    }
  }

  private HeldBlock<B> atStart(Manifest.Entry entry) throws IOException {
    Path place = folder.blocks().resolve(entry.name());
    if (!disk.isFolder(place)) {
      throw new Refusal.CannotStart(
          "the block %s is missing".formatted(place), "restore the data folder from a backup");
    }
    try {
      return map(entry);
    } catch (RuntimeException e) {
      throw new Refusal.CannotStart(
          "the block %s is damaged (%s)".formatted(place, e.getMessage()),
          "restore the data folder from a backup");
    }
  }

  private HeldBlock<B> map(Manifest.Entry entry) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      BlockFiles files = BlockFiles.map(disk, folder.blocks().resolve(entry.name()), entry, arena);
      return new HeldBlock<>(files, opener.open(files), arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private void clearUnnamed() throws IOException {
    Manifest now = manifest.current();
    Set<String> named = new HashSet<>();
    for (Manifest.Entry entry : now.blocks()) named.add(entry.name());
    for (String name : disk.list(folder.blocks())) {
      if (named.contains(name)) continue;
      if (now.gone().contains(name) || isHalfPublished(name, now)) {
        log.info("block deleted name={} reason=not in the manifest", name);
        disk.deleteTree(folder.blocks().resolve(name));
      } else {
        moveAside(name);
      }
    }
  }

  /** Its manifest would be the next edition, which was never written: the log has what is in it. */
  private static boolean isHalfPublished(String name, Manifest now) {
    return name.endsWith("-" + now.edition());
  }

  private void moveAside(String name) throws IOException {
    Path from = folder.blocks().resolve(name);
    Path unknown = folder.root().resolve("unknown");
    Path to = unknown.resolve(name);
    disk.createFolders(unknown);
    if (disk.exists(to)) {
      log.warn("not part of the store, left where it is path={} reason={} exists", from, to);
      return;
    }
    disk.rename(from, to);
    log.warn(
        "not part of the store, moved aside from={} to={} remedy=\"delete it if nobody misses it\"",
        from,
        to);
  }

  /**
   * Begins a block. The name is the store's choice, has not been used before, and ends in a hyphen
   * and the {@link Manifest#edition} that it comes after: by that it is known as ours when a crash
   * comes before the manifest names it.
   */
  public BlockBuilder build(String name) throws IOException {
    return new BlockBuilder(disk, name, folder.tmp().resolve(name));
  }

  /** Publishes one block. */
  public void publish(BlockBuilder made, TimeRange range) throws IOException {
    replace(List.of(new Made(made, range)), List.of(), UnaryOperator.identity());
  }

  /** Takes blocks out of the store; their files go when the last lease is closed. */
  public void retire(List<String> names) throws IOException {
    replace(List.of(), names, UnaryOperator.identity());
  }

  /**
   * A block that is made, and the time of what is in it.
   *
   * @param resolutionMs see {@link Manifest.Entry}
   */
  public record Made(BlockBuilder builder, TimeRange range, long resolutionMs) {
    /** One of what came in. */
    public Made(BlockBuilder builder, TimeRange range) {
      this(builder, range, 0);
    }

    /** The same under another name: the manifest may have changed since the block was begun. */
    public Made named(String name) {
      builder.rename(name);
      return this;
    }

    /** Gives the block its place in another folder of blocks: in a copy of the store. */
    public Manifest.Entry moveTo(Path blocks) throws IOException {
      return moveTo(blocks, List.of());
    }

    private Manifest.Entry moveTo(Path blocks, List<String> replaced) throws IOException {
      return builder.moveTo(blocks, range, resolutionMs, replaced);
    }
  }

  /**
   * Publishes blocks, retires others, and changes what else the manifest says, in one step: after a
   * crash all of it has happened or nothing.
   */
  public synchronized void replace(
      List<Made> made, List<String> retired, UnaryOperator<Manifest> andAlso) throws IOException {
    var fresh = new ArrayList<HeldBlock<B>>();
    var entries = new ArrayList<Manifest.Entry>();
    try {
      for (Made each : made) {
        Manifest.Entry entry = each.moveTo(folder.blocks(), retired);
        entries.add(entry);
        fresh.add(map(entry));
      }
    } catch (IOException | RuntimeException e) {
      fresh.forEach(block -> block.retire(() -> delete(block)));
      throw e;
    }
    try {
      manifest.change(
          old -> changed(andAlso.apply(old.withGone(stillThere(old, entries))), entries, retired));
      leftover.clear();
    } catch (IOException | RuntimeException e) {
      // the files stay: the manifest that names them may be found after a crash; if not, start
      // deletes them, by their edition or since the next manifest tells that they are gone
      entries.forEach(entry -> leftover.add(entry.name()));
      fresh.forEach(block -> block.retire(() -> {}));
      throw e;
    }
    swap(fresh, Set.copyOf(retired));
  }

  /** The names of folders that are no part of the store and not deleted yet. */
  private List<String> stillThere(Manifest old, List<Manifest.Entry> made) {
    var names = new HashSet<String>(leftover);
    names.addAll(old.gone());
    for (Manifest.Entry entry : made) names.remove(entry.name());
    return names.stream().filter(name -> disk.exists(folder.blocks().resolve(name))).toList();
  }

  private static Manifest changed(
      Manifest manifest, List<Manifest.Entry> made, List<String> retired) {
    for (Manifest.Entry entry : made) manifest = manifest.withBlock(entry);
    for (String name : retired) manifest = manifest.withoutBlock(name);
    return manifest;
  }

  private void swap(List<HeldBlock<B>> fresh, Set<String> retired) {
    var next = new ArrayList<HeldBlock<B>>();
    var gone = new ArrayList<HeldBlock<B>>();
    for (HeldBlock<B> block : blocks) {
      (retired.contains(block.files().name()) ? gone : next).add(block);
    }
    next.addAll(fresh);
    next.sort(java.util.Comparator.comparingLong(block -> block.files().range().startMs()));
    blocks = List.copyOf(next);
    for (HeldBlock<B> block : gone) block.retire(() -> delete(block));
  }

  /** By way of {@code tmp/}, so that a crash leaves no half block behind. */
  private void delete(HeldBlock<B> block) {
    String name = block.files().name();
    try {
      Path aside = folder.tmp().resolve(name + ".retired");
      disk.rename(folder.blocks().resolve(name), aside);
      disk.deleteTree(aside);
      log.info("block retired name={} bytes={}", name, block.files().bytes());
    } catch (IOException e) {
      log.warn("block {} is retired and could not be deleted: {}", name, e.toString());
    }
  }

  /** Loans of all blocks that may have something of that time, by start time. */
  public List<Lease<B>> borrow(TimeRange range) {
    while (true) {
      List<Lease<B>> leases = tryBorrow(range);
      if (leases != null) return leases;
    }
  }

  private @Nullable List<Lease<B>> tryBorrow(TimeRange range) {
    var leases = new ArrayList<Lease<B>>();
    for (HeldBlock<B> block : blocks) {
      if (!block.files().range().overlaps(range.startMs(), range.endMs())) continue;
      Lease<B> lease = block.borrow();
      if (lease == null) { // retired since the list was read: there is a newer list
        leases.forEach(Lease::close);
        return null;
      }
      leases.add(lease);
    }
    return leases;
  }

  /** What the manifest says of the blocks now. */
  public List<Manifest.Entry> entries() {
    return manifest.current().blocks();
  }

  /** Lets go of all blocks; each is unmapped when its last lease is closed. */
  @Override
  public synchronized void close() {
    List<HeldBlock<B>> all = blocks;
    blocks = List.of();
    all.forEach(block -> block.retire(() -> {}));
  }
}
