package io.oriel.collect.litellm;

import java.util.Locale;

/** What LiteLLM says of its database; spend, keys, users and teams live there. */
enum Database {
  CONNECTED,
  /** Configured, and not to be reached. */
  LOST,
  /** None is configured. */
  NONE,
  /** It did not say. */
  UNKNOWN;

  /**
   * @param told the field {@code db} of its readiness; empty where it has none
   */
  static Database of(String told) {
    return switch (told.toLowerCase(Locale.ROOT)) {
      case "" -> UNKNOWN;
      case "connected" -> CONNECTED;
      case "not connected" -> NONE;
      default -> LOST;
    };
  }
}
