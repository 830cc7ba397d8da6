package io.oriel.server.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A text that is a secret, or part of one: as written, or in a file. Never shown in messages. */
record Pem(String value, @Nullable Path file) {
  private static final int MOST_BYTES = 1 << 20;

  static Pem written(String value) {
    return new Pem(value, null);
  }

  static Pem in(Path file) {
    return new Pem("", file);
  }

  String read() throws IOException {
    if (file == null) return value;
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }

  @Override
  public String toString() {
    return "<secret>";
  }
}
