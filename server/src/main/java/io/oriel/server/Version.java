package io.oriel.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which Oriel this is. */
public final class Version {
  private static final String FILE = "/oriel-version.txt"; // the build writes it

  private Version() {}

  public static String current() {
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      if (in == null) throw new IllegalStateException("the build left out " + FILE);
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
