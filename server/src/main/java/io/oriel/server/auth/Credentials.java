package io.oriel.server.auth;

import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what callers are known: users with bcrypt hashes ({@code basic_auth_users}), and tokens of
 * which the SHA-256 is kept ({@code bearer_tokens}; long random texts need no slow hash).
 */
public final class Credentials {
  public static final Credentials NONE = new Credentials(Map.of(), List.of());

  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int LEAST_COST = 4;
  private static final int MOST_COST = 16; // some seconds a check

  private final Map<String, String> users;
  private final List<byte[]> tokens;

  private Credentials(Map<String, String> users, List<byte[]> tokens) {
    this.users = Map.copyOf(users);
    this.tokens = List.copyOf(tokens);
  }

  static Credentials read(YamlMap yaml, Path file, Problems problems) {
    return new Credentials(users(yaml, problems), tokens(yaml, file, problems));
  }

  private static Map<String, String> users(YamlMap yaml, Problems problems) {
    YamlMap section = yaml.section("basic_auth_users");
    var users = new LinkedHashMap<String, String>();
    for (String name : section.keys()) {
      String hash = section.text(name).orElse("");
      if (BCRYPT.matcher(hash).matches() && isBearable(hash)) {
        users.put(name, hash);
      } else {
        problems.add(
            section.at(name),
            "the password of %s is no bcrypt hash that can be checked".formatted(name),
            "make one of cost 10 or so: htpasswd -nBC 10 " + name);
      }
    }
    return users;
  }

  private static boolean isBearable(String hash) {
    int cost = Integer.parseInt(hash.substring(4, 6));
    return cost >= LEAST_COST && cost <= MOST_COST;
  }

  private static List<byte[]> tokens(YamlMap yaml, Path file, Problems problems) {
    var tokens = new ArrayList<byte[]>();
    for (YamlMap each : yaml.maps("bearer_tokens")) {
      Optional<String> hash = each.text("sha256");
      Optional<Path> token = each.path("token_file").map(file::resolveSibling);
      each.known("name"); // for people
      each.refuseUnknownKeys(problems);
      String digest = hash.orElseGet(() -> token.map(Credentials::digestOf).orElse(""));
      if (SHA_256.matcher(digest).matches() && hash.isPresent() != token.isPresent()) {
        tokens.add(HexFormat.of().parseHex(digest));
      } else {
        problems.add(
            each.at(),
            "there is no token here that can be checked",
            "write sha256: with what 'printf %s TOKEN | sha256sum' gives, or token_file: with a"
                + " file that holds it and that Oriel's user may read");
      }
    }
    return tokens;
  }

  private static String digestOf(Path file) {
    try {
      String token = Pem.in(file).read().strip();
      return token.isEmpty() ? "" : HexFormat.of().formatHex(sha256(token));
    } catch (IOException _) {
      return "";
    }
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java comes without SHA-256", e);
    }
  }

  /** Whether nobody is asked who they are. */
  public boolean isEmpty() {
    return users.isEmpty() && tokens.isEmpty();
  }

  boolean hasUsers() {
    return !users.isEmpty();
  }

  /** The hash to compare with; of somebody unknown another's, so that both take as long. */
  String hashFor(String user) {
    return users.getOrDefault(user, users.values().iterator().next());
  }

  boolean knows(@Nullable String user) {
    return user != null && users.containsKey(user);
  }

  /** Looks at all of them, so that the time tells nothing. */
  boolean hasToken(String token) {
    byte[] digest = sha256(token);
    boolean found = false;
    for (byte[] each : tokens) found |= MessageDigest.isEqual(each, digest);
    return found;
  }

  String words() {
    var words = new ArrayList<String>();
    if (!users.isEmpty()) words.add("password");
    if (!tokens.isEmpty()) words.add("token");
    return String.join(",", words);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Credentials that
        && users.equals(that.users)
        && hex(tokens).equals(hex(that.tokens));
  }

  @Override
  public int hashCode() {
    return users.hashCode() * 31 + hex(tokens).hashCode();
  }

  private static List<String> hex(List<byte[]> all) {
    return all.stream().map(HexFormat.of()::formatHex).toList();
  }

  @Override
  public String toString() {
    return isEmpty() ? "none" : "<secret>";
  }
}
