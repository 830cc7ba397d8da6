package io.oriel.collect.container;

import java.util.List;

/**
 * One thing about one container that is worth a look.
 *
 * @param name of the container
 * @param happened one sentence: what was seen, with its figures
 * @param remedy what to do about it
 * @param commands for the clean-up script, a line each
 * @param isSafe whether they lose nothing that can't be had again; else they are written as
 *     comments, for a person to decide
 */
public record Finding(
    Kind kind,
    String id,
    String name,
    String happened,
    String remedy,
    List<String> commands,
    boolean isSafe) {

  /** What the doctor looks for, the worst first. */
  public enum Kind {
    RESTART_LOOP("restart-loop"),
    UNHEALTHY("unhealthy"),
    GROWING_LOG("growing-log"),
    NO_LIMITS("no-limits"),
    IDLE("idle"),
    NOT_ON_KEEP_LIST("not-on-keep-list");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As it stands in reports. */
    public String word() {
      return word;
    }
  }
}
