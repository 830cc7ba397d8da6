package io.oriel.simulate.serve;

import io.oriel.simulate.http.Answering;

/**
 * A simulated system with an address of its own.
 *
 * @param kind which program it is: {@code vllm}, {@code litellm}
 * @param name of this one of them: {@code vllm-qwen3-32b}
 * @param metrics whether it has a page of metrics at {@code /metrics}
 * @param user for basic authentication; empty where none is wanted
 * @param secret its password, or a bearer token where there is no user; empty where none is wanted
 */
public record Served(
    String kind, String name, boolean metrics, String user, String secret, Answering answering) {

  static Served open(String kind, String name, boolean metrics, Answering answering) {
    return new Served(kind, name, metrics, "", "", answering);
  }
}
