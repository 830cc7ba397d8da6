package io.oriel.collect.huggingface;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of a cache, and of nothing else: a snapshot's files are links, and one that leads out
 * of the cache is as good as missing. What is too large or no JSON is missing, too.
 *
 * @param root of the cache, real
 */
record CacheFiles(Path root) {
  private static final int MOST_BYTES = 16 << 20; // the largest indexes have some 9 MB
  private static final int DEEPEST = 40;
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxDocumentLength(MOST_BYTES)
                      .build())
              .build());

  /** Where a file really is; null where there is none in the cache. */
  @Nullable Path real(Path file) {
    try {
      Path real = file.toRealPath();
      boolean isOurs = real.startsWith(root);
      return isOurs && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) ? real : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether a folder is one of the cache. */
  boolean isFolder(Path folder) {
    try {
      Path real = folder.toRealPath();
      return real.startsWith(root) && Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return false;
    }
  }

  boolean has(Path file) {
    return real(file) != null;
  }

  JsonNode json(Path file) {
    return parsed(bytes(file, 0, MOST_BYTES));
  }

  private static JsonNode parsed(byte[] text) {
    if (text.length == 0) return MissingNode.getInstance();
    try {
      JsonNode parsed = JSON.readTree(text);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** A short text; empty where there is none. */
  String line(Path file) {
    byte[] text = bytes(file, 0, 200);
    return new String(text, StandardCharsets.UTF_8).strip();
  }

  /** What stands at the head of safetensors: each tensor's type and shape. */
  JsonNode heading(Path safetensors) {
    byte[] length = bytes(safetensors, 0, Long.BYTES, Long.MAX_VALUE);
    if (length.length < Long.BYTES) return MissingNode.getInstance();
    long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (size <= 0 || size > MOST_BYTES) return MissingNode.getInstance();
    byte[] head = bytes(safetensors, Long.BYTES, (int) size, Long.MAX_VALUE);
    return head.length < size ? MissingNode.getInstance() : parsed(head);
  }

  private byte[] bytes(Path file, long from, int count) {
    return bytes(file, from, count, count);
  }

  /** None where it is larger than {@code most}. */
  private byte[] bytes(Path file, long from, int count, long most) {
    Path real = real(file);
    if (real == null) return new byte[0];
    try {
      if (Files.size(real) > most) return new byte[0];
      try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
        in.skipNBytes(from);
        return in.readNBytes(count);
      }
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
