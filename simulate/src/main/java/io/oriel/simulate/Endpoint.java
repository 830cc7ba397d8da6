package io.oriel.simulate;

import java.net.URI;

/**
 * Where a simulated system answers.
 *
 * @param kind which program it is: {@code vllm}, {@code litellm}, {@code langfuse}, {@code qdrant},
 *     {@code ollama}, {@code llama.cpp}, {@code n8n}, {@code node}, {@code docker}, {@code nvml},
 *     {@code training}, {@code control}
 * @param name of this one of them: {@code vllm-qwen3-32b}
 * @param uri {@code http://127.0.0.1:24001}, or {@code unix:///...} for the daemon's socket
 * @param metrics whether it has a page of metrics at {@code /metrics}
 * @param user for basic authentication; empty where none is wanted
 * @param secret its password, or a bearer token where there is no user; empty where none is wanted
 */
public record Endpoint(
    String kind, String name, URI uri, boolean metrics, String user, String secret) {}
