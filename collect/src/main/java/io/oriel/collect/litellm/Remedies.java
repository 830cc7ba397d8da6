package io.oriel.collect.litellm;

import io.oriel.collect.CollectorFailure;

/** What to do about what LiteLLM answers in place of what was asked for. */
final class Remedies {
  static final String KEY =
      "give its entry in collectors.systems the key of a proxy_admin_viewer (bearer_token_file)";
  static final String MASTER_KEY =
      "without a database LiteLLM knows its master key alone: give its entry in collectors.systems"
          + " that one (bearer_token_file)";
  static final String CALLBACK = "add prometheus to litellm_settings.callbacks there";

  private Remedies() {}

  static String of(CollectorFailure failure, Database database) {
    return switch (failure.status()) {
      case 400, 500 ->
          database == Database.NONE ? MASTER_KEY : "see LiteLLM's log for what it says to that";
      case 401, 403 -> database == Database.NONE ? MASTER_KEY : KEY;
      case 404 -> "this version of LiteLLM does not offer it; nothing to do";
      case 0 -> failure.remedy();
      default -> "see LiteLLM's log for what it says to that";
    };
  }

  /** Whether it is the key that is not let in. */
  static boolean isAboutTheKey(int status, Database database) {
    boolean byDoor = status == 401 || status == 403;
    return byDoor || (database == Database.NONE && (status == 400 || status == 500));
  }
}
