package io.oriel.storage.block;

import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * The blocks that lie in a store's folder, whatever its manifest says.
 *
 * @param blocks as a manifest names them
 * @param unreadable folders that do not tell what they are
 * @param replaced folders whose samples are in one of the blocks too
 */
public record FoundBlocks(
    List<Manifest.Entry> blocks, List<String> unreadable, List<String> replaced) {

  /** Looks at each folder's file {@code about}. */
  public static FoundBlocks in(DataFolder folder) throws IOException {
    Disk disk = folder.disk();
    var found = new TreeMap<String, BlockAbout>();
    var unreadable = new ArrayList<String>();
    for (String name : disk.list(folder.blocks())) {
      BlockAbout about = BlockAbout.read(disk, folder.blocks().resolve(name));
      if (about == null) unreadable.add(name);
      else found.put(name, about);
    }
    var replaced = new HashSet<String>();
    found.values().forEach(about -> replaced.addAll(about.replaces()));
    replaced.retainAll(found.keySet());
    var blocks = new ArrayList<Manifest.Entry>();
    for (var each : found.entrySet()) {
      if (replaced.contains(each.getKey())) continue;
      long bytes = bytes(disk, folder.blocks().resolve(each.getKey()));
      BlockAbout about = each.getValue();
      blocks.add(new Manifest.Entry(each.getKey(), about.range(), bytes, about.resolutionMs()));
    }
    return new FoundBlocks(blocks, unreadable, replaced.stream().sorted().toList());
  }

  private static long bytes(Disk disk, Path block) throws IOException {
    long bytes = 0;
    for (String file : disk.list(block)) {
      if (!file.equals(BlockAbout.FILE)) bytes += disk.size(block.resolve(file));
    }
    return bytes;
  }
}
