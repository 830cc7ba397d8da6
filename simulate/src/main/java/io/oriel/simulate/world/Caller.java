package io.oriel.simulate.world;

import java.util.List;

/**
 * A program that calls models.
 *
 * @param app its name
 * @param key of the gateway, by its alias
 * @param users how many people sit before it
 * @param share of all runs
 * @param models that it asks for; the first ones most
 */
public record Caller(
    String app,
    String key,
    String team,
    int users,
    double share,
    Habit habit,
    List<String> models) {

  /** How its runs go. */
  public enum Habit {
    /** A person asks, reads, asks again. */
    CHAT,
    /** Question to vector, passages, their order, answer. */
    RETRIEVAL,
    /** Many steps with a prompt that grows. */
    AGENT,
    /** Long prompts, short answers. */
    CODE,
    /** A workflow of the automation server. */
    WORKFLOW,
    /** One question after another. */
    EVALUATION
  }
}
