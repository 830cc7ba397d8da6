/**
 * Servers of models that have a page of metrics of their own: vLLM, SGLang, TGI, Triton, llama.cpp.
 *
 * <p>In: the server's page, and what it says of its version and models. Out: the page as it is, and
 * over it the vocabulary of {@link io.oriel.collect.vocabulary}. The engines are the rows of {@link
 * io.oriel.collect.modelserver.Engine}; come in by {@link
 * io.oriel.collect.modelserver.ModelServerCollector}.
 */
@NullMarked
package io.oriel.collect.modelserver;

import org.jspecify.annotations.NullMarked;
