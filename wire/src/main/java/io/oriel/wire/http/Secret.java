package io.oriel.wire.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A secret as written, or the file that holds it and may change. Never shown in messages. */
public record Secret(String value, @Nullable Path file) {
  private static final int MOST_BYTES = 1 << 20; // a system's bundle of CAs has some 200 KB
  public static final Secret NONE = new Secret("", null);

  /** What it is now; line breaks at the end of a file are no part of it. */
  public String read() throws IOException {
    if (file == null) return value;
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
    }
  }

  @Override
  public String toString() {
    return file == null ? "(secret)" : "(secret in " + file + ")";
  }
}
