package io.oriel.storage.block;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.oriel.model.TimeRange;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of a block, in a small file of the block itself: by these the manifest can
 * be made anew. Format: {@code docs/formats/block-about.md}.
 *
 * @param range the time of what is in the block
 * @param resolutionMs how much time one of its rows stands for; 0: it has what came in
 * @param replaces the blocks that went when this one came: merging made it of them
 */
record BlockAbout(TimeRange range, long resolutionMs, List<String> replaces) {
  static final String FILE = "about";
  private static final String FIRST_LINE = "oriel block 2\n";
  private static final String FIRST_LINE_OF_1 = "oriel block 1\n"; // without resolutions

  /** Writes it beside the block's other files, and makes it durable. */
  void write(Disk disk, Path block) throws IOException {
    try (DiskFile file = disk.create(block.resolve(FILE))) {
      file.writeFully(ByteBuffer.wrap(text().getBytes(US_ASCII)), 0);
      file.force();
    }
  }

  private String text() {
    var text = new StringBuilder(FIRST_LINE);
    text.append("range %d %d\n".formatted(range.startMs(), range.endMs()));
    if (resolutionMs > 0) text.append("resolution ").append(resolutionMs).append('\n');
    for (String name : replaces) text.append("replaces ").append(name).append('\n');
    String sum = crc(text);
    return text.append("crc32c ").append(sum).append('\n').toString();
  }

  private static String crc(CharSequence text) {
    var crc = new CRC32C();
    crc.update(text.toString().getBytes(US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Whether a block's is as it was written; one that has none is as whole. */
  static boolean isWhole(Disk disk, Path block) throws IOException {
    return !disk.exists(block.resolve(FILE)) || read(disk, block) != null;
  }

  /** Reads a block's; null where it has none that is whole. */
  static @Nullable BlockAbout read(Disk disk, Path block) throws IOException {
    Path file = block.resolve(FILE);
    if (!disk.exists(file)) return null;
    String text = new String(disk.read(file), US_ASCII);
    int sum = text.lastIndexOf("crc32c ");
    boolean whole =
        (text.startsWith(FIRST_LINE) || text.startsWith(FIRST_LINE_OF_1))
            && sum > 0
            && text.substring(sum).equals("crc32c " + crc(text.substring(0, sum)) + "\n");
    return whole ? parse(text.substring(FIRST_LINE.length(), sum)) : null;
  }

  private static BlockAbout parse(String lines) {
    var replaces = new ArrayList<String>();
    long start = 0;
    long end = 0;
    long resolution = 0;
    for (String line : lines.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("replaces")) replaces.add(words[1]);
      if (words[0].equals("resolution")) resolution = Long.parseLong(words[1]);
      if (!words[0].equals("range")) continue;
      start = Long.parseLong(words[1]);
      end = Long.parseLong(words[2]);
    }
    return new BlockAbout(new TimeRange(start, end), resolution, replaces);
  }
}
