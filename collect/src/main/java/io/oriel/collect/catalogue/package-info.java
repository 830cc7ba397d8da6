/**
 * What is known of the models, out of all that know something of them.
 *
 * <p>In: sightings. Whoever meets models (a server's collector, a gateway's, the local cache of
 * Hugging Face) is a {@link io.oriel.collect.catalogue.ModelSource} and says for each model what it
 * knows and whence; a row of {@link io.oriel.collect.catalogue.ModelField} is a thing that can be
 * known. This room knows none of them.
 *
 * <pre>
 *   ModelServerCollector, OllamaCollector, LiteLLM... -> ModelSource.models() -> ModelSighting (name, facts with sources)
 * </pre>
 */
@NullMarked
package io.oriel.collect.catalogue;

import org.jspecify.annotations.NullMarked;
