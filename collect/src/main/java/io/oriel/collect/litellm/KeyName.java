package io.oriel.collect.litellm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How a key is called on a series: by its alias, else by the first digits of its hash. What is no
 * hash may be a key as somebody sent it, and is hashed here.
 */
final class KeyName {
  private static final String MASTER = "litellm_proxy_master_key"; // a word of LiteLLM's, no key
  private static final int SHOWN = 8;

  private KeyName() {}

  static String of(String key, String alias) {
    if (!alias.isEmpty()) return alias;
    if (key.isEmpty() || key.equals(MASTER)) return key;
    String hash = key.matches("[0-9a-f]{64}") ? key : sha256(key);
    return "sha256:" + hash.substring(0, SHOWN);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
