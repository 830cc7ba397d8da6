package io.oriel.simulate.world;

/**
 * Why a request failed, as the gateway tells its caller.
 *
 * @param kind the gateway's name for it: {@code RateLimitError}
 */
public record Failure(int status, String kind, String message) {
  static final Failure TOO_MANY =
      new Failure(429, "RateLimitError", "the key's limit of requests a minute is reached");
  static final Failure TOO_LONG =
      new Failure(
          400, "ContextWindowExceededError", "the prompt is longer than the model's context");
  static final Failure BROKEN =
      new Failure(500, "InternalServerError", "the model server answered 500");
  static final Failure LATE = new Failure(408, "Timeout", "no answer within 600 s");
  static final Failure AWAY =
      new Failure(503, "ServiceUnavailableError", "the model server refused the connection");
}
