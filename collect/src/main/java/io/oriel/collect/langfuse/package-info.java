/**
 * Langfuse, by its public API: it has no page of metrics.
 *
 * <p>In: what the API of version 3 or of version 4 answers about one project. Out: traces,
 * observations, tokens, cost, latency, errors and scores. Come in by {@link
 * io.oriel.collect.langfuse.LangfuseCollector}.
 *
 * <p>What is counted comes slice by slice: a slice is a span of time that follows the one before
 * without a gap, and is asked once, when everything that happened in it has surely been taken in.
 * What can't be added up (quantiles, means) is told over the last such hour, and named so. A
 * question is a {@link io.oriel.collect.langfuse.Part}; the version decides by which {@link
 * io.oriel.collect.langfuse.Dialect} it is asked.
 *
 * <pre>
 *   round -> health, and each minute: every Part -> Api (Dialect, Query) -> kept figures
 *         -> every Part tells what it keeps, and the collector how old that is
 * </pre>
 */
@NullMarked
package io.oriel.collect.langfuse;

import org.jspecify.annotations.NullMarked;
