/**
 * One stable vocabulary for every server of models, {@code oriel_model_*}, over the names that each
 * of them has and changes.
 *
 * <p>In: the samples of a server's own page, in passing, and a table of which of them mean what.
 * Out: the same figures under one name, with the labels {@code model} and {@code engine}. The names
 * are the rows of {@link io.oriel.collect.vocabulary.ModelMetric}; come in by {@link
 * io.oriel.collect.vocabulary.Translation}.
 */
@NullMarked
package io.oriel.collect.vocabulary;

import org.jspecify.annotations.NullMarked;
