package io.oriel.server.http.oriel;

import io.oriel.server.http.Call;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for contents, so that a browser need not fetch twice what it has. */
public final class Etag {
  private static final int BYTES = 8; // as many of the hash as tell a handful of files apart

  private Etag() {}

  /** A name that changes when the content does. */
  public static String of(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether the caller has this content already; compression on the way adds to a name. */
  static boolean matches(Call call, String etag) {
    String bare = etag.substring(0, etag.length() - 1); // without the closing quote
    return call.header("If-None-Match").filter(has -> has.contains(bare)).isPresent();
  }
}
