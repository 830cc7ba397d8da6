/**
 * Which series carry which labels: matchers in, ids out.
 *
 * <p>Come in by {@link io.oriel.storage.index.LabelIndex}, which has two forms: {@link
 * io.oriel.storage.index.HeadIndex} grows in memory while one thread adds series and any thread
 * asks; {@link io.oriel.storage.index.BlockIndex} is read from a mapped file and never loaded. Both
 * keep strings once as bytes ({@code SymbolTable}) and know a label pair by a number, whose
 * postings are the series that carry it. The file is drawn in {@code docs/formats/label-index.md}.
 *
 * <pre>
 *   matchers -> pairs whose value matches -> postings -> or, and, and-not -> series ids
 * </pre>
 */
@NullMarked
package io.oriel.storage.index;

import org.jspecify.annotations.NullMarked;
