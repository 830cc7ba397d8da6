package io.oriel.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets callers in whom the configuration in force knows, and all where it knows nobody. */
public final class Guard {
  private static final int MOST_HEADER = 8 << 10;

  private final BcryptCheck bcrypt = new BcryptCheck();
  private volatile WebConfig config;

  public Guard(WebConfig config) {
    this.config = config;
  }

  /** What is in force from now on. */
  public void use(WebConfig next) {
    config = next;
  }

  public WebConfig config() {
    return config;
  }

  /**
   * Whether a caller comes in.
   *
   * @param authorization the header of that name, null where there is none
   * @throws io.oriel.model.limit.Refusal.Unavailable where too many wait to be checked
   */
  public boolean admits(@Nullable String authorization) {
    Credentials credentials = config.credentials();
    if (credentials.isEmpty()) return true;
    if (authorization == null || authorization.length() > MOST_HEADER) return false;
    int space = authorization.indexOf(' ');
    if (space < 0) return false;
    String rest = authorization.substring(space + 1).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "basic" -> credentials.hasUsers() && isUser(rest, credentials);
      case "bearer" -> credentials.hasToken(rest);
      default -> false;
    };
  }

  private boolean isUser(String encoded, Credentials credentials) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return false;
    }
    int colon = pair.indexOf(':');
    if (colon < 0) return false;
    String user = pair.substring(0, colon);
    boolean matches = bcrypt.matches(pair.substring(colon + 1), credentials.hashFor(user));
    return matches && credentials.knows(user); // the hash was tried for unknown users too
  }

  /** How a caller is asked who they are: {@code WWW-Authenticate}. */
  public String challenge() {
    return config.credentials().hasUsers() ? "Basic realm=\"Oriel\", charset=\"UTF-8\"" : "Bearer";
  }
}
