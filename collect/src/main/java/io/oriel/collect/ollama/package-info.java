/**
 * Ollama, by its API: it has no page of metrics.
 *
 * <p>In: the lists of loaded and of stored models. Out: which model is loaded, what it takes in
 * memory, on the GPU and on disk, in the vocabulary of {@link io.oriel.collect.vocabulary}. What
 * requests do (tokens, latency) Ollama tells only to who made them. Come in by {@link
 * io.oriel.collect.ollama.OllamaCollector}.
 */
@NullMarked
package io.oriel.collect.ollama;

import org.jspecify.annotations.NullMarked;
