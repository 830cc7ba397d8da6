/**
 * Prometheus' {@code .test} language: samples are put in, queries asked, answers compared. In: the
 * text of a file. Out: an {@link io.oriel.promql.script.Outcome} for each {@code eval} in it.
 *
 * <p>Come in by {@link io.oriel.promql.script.Script#parse} and {@link
 * io.oriel.promql.script.ScriptRunner#run}. A case that fails does not end the script: each is told
 * with its line.
 */
@NullMarked
package io.oriel.promql.script;

import org.jspecify.annotations.NullMarked;
