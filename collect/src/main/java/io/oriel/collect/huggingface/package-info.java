/**
 * The local caches of Hugging Face: which models lie on the disk, and what their own files say.
 *
 * <p>In: the folders that {@code HF_HUB_CACHE}, {@code HF_HOME} or the home name, and those that
 * containers mount. Out: sightings for {@link io.oriel.collect.catalogue}, two series a cache.
 * Weights are never read, only the heads of safetensors; what lies outside of a cache is never
 * opened, wherever a link points. Come in by {@link io.oriel.collect.huggingface.HubCollector}.
 *
 * <pre>
 *   Hubs (where) -> Hub (each few minutes) -> Repository (when its files changed) -> ConfigJson, Weights -> sighting
 * </pre>
 */
@NullMarked
package io.oriel.collect.huggingface;

import org.jspecify.annotations.NullMarked;
