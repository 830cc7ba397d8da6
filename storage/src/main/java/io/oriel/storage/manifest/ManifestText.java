package io.oriel.storage.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** The manifest as lines of text with a checksum. Format: {@code docs/formats/manifest.md}. */
final class ManifestText {
  private static final String FIRST_LINE = "oriel manifest ";
  private static final int VERSION = 4;
  private static final int ALL_FROM_HEAD =
      2; // up to this version every block was cut from the head

  private ManifestText() {}

  static byte[] write(Manifest manifest) {
    var text = new StringBuilder();
    text.append(FIRST_LINE).append(VERSION).append('\n');
    text.append("edition ").append(manifest.edition()).append('\n');
    if (!manifest.checkpoint().isEmpty()) {
      text.append("checkpoint ").append(manifest.checkpoint()).append('\n');
    }
    text.append("first-segment ").append(manifest.firstSegment()).append('\n');
    if (manifest.headFrom() != Long.MIN_VALUE) {
      text.append("head-from ").append(manifest.headFrom()).append('\n');
    }
    for (Manifest.Entry block : manifest.blocks()) {
      text.append(
          "%s %s %d %d %d"
              .formatted(
                  block.isAggregate() ? "aggregate" : "block",
                  block.name(),
                  block.range().startMs(),
                  block.range().endMs(),
                  block.bytes()));
      if (block.isAggregate()) text.append(' ').append(block.resolutionMs());
      text.append('\n');
    }
    for (String name : manifest.gone()) text.append("gone ").append(name).append('\n');
    String sum = crc(text);
    return text.append("crc32c ").append(sum).append('\n').toString().getBytes(US_ASCII);
  }

  private static String crc(CharSequence text) {
    var crc = new CRC32C();
    crc.update(text.toString().getBytes(US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  static Manifest parse(Path file, byte[] bytes) {
    String text = new String(bytes, US_ASCII);
    if (!text.startsWith(FIRST_LINE)) throw damaged(file, "it does not begin as one");
    int version = version(text);
    if (version < 1 || version > VERSION) throw newer(file, text);
    int sum = text.lastIndexOf("crc32c ");
    if (sum < 0 || !text.substring(sum).equals("crc32c " + crc(text.substring(0, sum)) + "\n")) {
      throw damaged(file, "its checksum differs");
    }
    try {
      Manifest read = lines(text.substring(0, sum).split("\n", -1));
      return version > ALL_FROM_HEAD ? read : read.withHeadFrom(endOf(read));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, "a line of it makes no sense");
    }
  }

  /** 0 where there is none. */
  private static int version(String text) {
    String word = text.lines().findFirst().orElse("").substring(FIRST_LINE.length());
    return word.matches("[0-9]{1,9}") ? Integer.parseInt(word) : 0;
  }

  private static long endOf(Manifest manifest) {
    return manifest.blocks().stream()
        .mapToLong(block -> block.range().endMs() + 1)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static Manifest lines(String[] lines) {
    long edition = 0;
    String checkpoint = "";
    long firstSegment = 0;
    long headFrom = Long.MIN_VALUE;
    List<Manifest.Entry> blocks = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    for (int i = 1; i < lines.length - 1; i++) {
      String[] words = lines[i].split(" ", -1);
      switch (words[0]) {
        case "edition" -> edition = Long.parseLong(words[1]);
        case "checkpoint" -> checkpoint = words[1];
        case "first-segment" -> firstSegment = Long.parseLong(words[1]);
        case "head-from" -> headFrom = Long.parseLong(words[1]);
        case "block" -> blocks.add(block(words, 0));
        case "aggregate" -> blocks.add(block(words, Long.parseLong(words[5])));
        case "gone" -> gone.add(words[1]);
        default -> throw new IllegalArgumentException(lines[i]);
      }
    }
    return new Manifest(edition, checkpoint, firstSegment, headFrom, blocks, gone);
  }

  private static Manifest.Entry block(String[] words, long resolutionMs) {
    var range = new TimeRange(Long.parseLong(words[2]), Long.parseLong(words[3]));
    return new Manifest.Entry(words[1], range, Long.parseLong(words[4]), resolutionMs);
  }

  private static Refusal damaged(Path file, String how) {
    return new Refusal.CannotStart(
        "the manifest %s is damaged: %s".formatted(file, how),
        "restore the folder %s from a backup; or rename that file to manifest.damaged and start: the manifest is made anew from the blocks, the checkpoint and the log that are there"
            .formatted(file.getParent()));
  }

  private static Refusal newer(Path file, String text) {
    return new Refusal.CannotStart(
        "the manifest %s was written by a newer Oriel (%s)"
            .formatted(file, text.lines().findFirst().orElse("")),
        "start that version, or choose another folder with --data DIR");
  }
}
