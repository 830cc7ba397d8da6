package io.oriel.simulate.world;

/**
 * A model that is served.
 *
 * @param name by which it is asked for
 * @param source on the hub, or of a file
 * @param parameters how many
 * @param contextLength tokens, at most
 * @param inputUsd price of a token read
 * @param outputUsd price of a token written
 */
public record ModelSpec(
    String name,
    String source,
    Task task,
    String family,
    long parameters,
    String quantization,
    int contextLength,
    double inputUsd,
    double outputUsd) {

  /** What it is asked to do. */
  public enum Task {
    CHAT("chat"),
    EMBEDDING("embedding"),
    RERANK("rerank");

    private final String mode;

    Task(String mode) {
      this.mode = mode;
    }

    /** The gateway's word for it. */
    public String mode() {
      return mode;
    }
  }
}
