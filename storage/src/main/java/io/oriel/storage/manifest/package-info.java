/**
 * What is part of a store now, in one small file that is replaced in one step.
 *
 * <p>In: a change (blocks added and retired, a new checkpoint). Out: after a crash at any moment,
 * the list before the change or the list after it. Whatever lies in the folder and is not in the
 * list is left over from a crash, and is deleted at start. Come in by {@link
 * io.oriel.storage.manifest.ManifestFile}; the text is drawn in {@code docs/formats/manifest.md}.
 */
@NullMarked
package io.oriel.storage.manifest;

import org.jspecify.annotations.NullMarked;
