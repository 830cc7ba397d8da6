/**
 * YAML with places: a file becomes mappings that know where each value stands, so that whoever
 * reads a section can say file, line and column of what is wrong in it.
 *
 * <p>In: a file or a text. Out: {@link io.oriel.wire.yaml.YamlMap}, typed reads that put what is
 * wrong into {@link io.oriel.wire.yaml.Problems} and go on, so that one run tells all of it. What a
 * key means is not known in here.
 *
 * <p>Come in by {@link io.oriel.wire.yaml.YamlFile}. JSON is read as well: it is YAML.
 *
 * <pre>
 *   bytes (bounded) -> events (depth bounded) -> nodes (no cycle, no key twice, aliases counted) -> YamlMap
 * </pre>
 */
@NullMarked
package io.oriel.wire.yaml;

import org.jspecify.annotations.NullMarked;
