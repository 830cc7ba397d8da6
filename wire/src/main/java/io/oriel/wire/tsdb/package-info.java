/**
 * Prometheus' blocks on disk, read and never written: what a server before Oriel has kept.
 *
 * <p>In: a folder with {@code meta.json}, {@code index}, {@code chunks/} and maybe {@code
 * tombstones}. Out: its series in the order of their labels, each with all its samples that were
 * not deleted. {@link io.oriel.wire.tsdb.PrometheusBlock} is the door.
 *
 * <p>Source: the pages in Prometheus' {@code tsdb/docs/format/} (index version 2, chunks version 1,
 * tombstones version 1). All numbers in those files are big-endian; every section that is read is
 * checked against its sum, and nothing is believed before it lies inside its file.
 */
@NullMarked
package io.oriel.wire.tsdb;

import org.jspecify.annotations.NullMarked;
