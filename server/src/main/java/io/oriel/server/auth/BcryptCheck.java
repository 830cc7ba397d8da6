package io.oriel.server.auth;

import io.oriel.model.limit.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Compares passwords with bcrypt hashes. That is slow on purpose, so results are remembered (a
 * salted digest of what was asked, never the password), and only so many are computed at a time:
 * guessing costs who guesses, not the machine.
 */
final class BcryptCheck {
  private static final int REMEMBERED = 100; // as exporter-toolkit has it
  private static final int AT_ONCE = 1;
  private static final long PATIENCE_SECONDS = 10;

  private final byte[] salt = new byte[16];
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final Set<String> right = lastAsked();
  private final Set<String> wrong = lastAsked(); // apart: guesses push no right one out

  BcryptCheck() {
    new SecureRandom().nextBytes(salt);
  }

  private static Set<String> lastAsked() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
          }
        });
  }

  /** Whether a password is that of a hash. */
  boolean matches(String password, String hash) {
    String question = question(password, hash);
    Boolean before = remembered(question);
    if (before != null) return before;
    takeTurn();
    try {
      Boolean meanwhile = remembered(question); // the same one asked again and again at once
      if (meanwhile != null) return meanwhile;
      boolean matches = BCrypt.checkpw(password, hash);
      remember(question, matches);
      return matches;
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new Refusal.Unavailable("too many passwords wait to be checked", "ask again in a while");
  }

  private synchronized @Nullable Boolean remembered(String question) {
    if (right.remove(question)) { // asked for again: it is the newest now
      right.add(question);
      return true;
    }
    return wrong.contains(question) ? false : null;
  }

  private synchronized void remember(String question, boolean matches) {
    (matches ? right : wrong).add(question);
  }

  private String question(String password, String hash) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update(hash.getBytes(StandardCharsets.UTF_8)); // always of the same length
      return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java comes without SHA-256", e);
    }
  }
}
