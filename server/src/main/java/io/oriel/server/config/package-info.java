/**
 * Configuration: {@code oriel.yaml} and the command line become one {@link
 * io.oriel.server.config.OrielConfig}, or a list of all that is wrong with them.
 *
 * <p>Every key is a row of {@link io.oriel.server.config.Setting} (limits: of {@link
 * io.oriel.model.limit.Limit}): reading, the JSON Schema and the page of documentation are made
 * from those. A section is a record that reads its keys; problems are collected, so that one run
 * tells all of them. Come in by {@link io.oriel.server.config.OrielConfig#load}.
 *
 * <pre>
 *   file -> ${ENV} filled in -> YAML -> sections -> flags on top -> checked -> OrielConfig
 * </pre>
 */
@NullMarked
package io.oriel.server.config;

import org.jspecify.annotations.NullMarked;
