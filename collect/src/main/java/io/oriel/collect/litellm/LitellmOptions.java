package io.oriel.collect.litellm;

/**
 * What a person decides about reading one LiteLLM.
 *
 * @param paidHealthChecks whether {@code /health} is asked: it sends a real, paid request to every
 *     deployment
 * @param top so many models, providers, keys, users and teams are told by name, the rest as {@code
 *     other}
 */
public record LitellmOptions(boolean paidHealthChecks, int top) {
  public static final LitellmOptions NORMAL = new LitellmOptions(false, 20);
}
