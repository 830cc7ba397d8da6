/**
 * What is known of the models, out of all that know something of them.
 *
 * <p>Come in by {@link io.oriel.collect.catalogue.ModelCatalogue} (one record a model) and {@link
 * io.oriel.collect.catalogue.Topology} (the map from GPU to model); both are values, drawn up from
 * what others found, and ask nobody.
 *
 * <p>In: sightings, the GPUs and the containers of the last rounds. Whoever meets models (a
 * server's collector, a gateway's, the local cache of Hugging Face) is a {@link
 * io.oriel.collect.catalogue.ModelSource} and says for each model what it knows and whence; a row
 * of {@link io.oriel.collect.catalogue.ModelField} is a thing that can be known. This room knows
 * none of them.
 *
 * <pre>
 *   ModelServerCollector, OllamaCollector, a gateway's, a cache's -> ModelSource.models() -> ModelSighting
 *   sightings + SeenGpu + Containers -> Topology:  GPU -> process -> container -> model -> gateway's name
 *   sightings + Topology -> Joining (which are one model) -> Recording (values with sources) -> ModelCatalogue
 * </pre>
 */
@NullMarked
package io.oriel.collect.catalogue;

import org.jspecify.annotations.NullMarked;
