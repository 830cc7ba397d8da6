package io.oriel.simulate.world;

import java.util.List;

/**
 * A process that serves a model.
 *
 * @param container in which it runs
 * @param gpus over which the model is spread evenly
 * @param bytesPerGpu what it takes of each: weights, KV cache, the rest
 * @param kvTokens how many fit into its KV cache
 * @param slots requests computed at once
 * @param prefillRate tokens read a second
 * @param tokenSeconds for a token written, alone on the GPU
 */
public record ServerSpec(
    String container,
    Engine engine,
    String version,
    ModelSpec model,
    List<Integer> gpus,
    long bytesPerGpu,
    int kvTokens,
    int slots,
    double prefillRate,
    double tokenSeconds) {

  /** Which program it is. */
  public enum Engine {
    VLLM("hosted_vllm"),
    OLLAMA("ollama_chat"),
    LLAMA_CPP("openai");

    private final String provider;

    Engine(String provider) {
      this.provider = provider;
    }

    /** The gateway's word for it. */
    public String provider() {
      return provider;
    }
  }

  /** Tokens a block of the KV cache. */
  public static final int BLOCK = 16;
}
