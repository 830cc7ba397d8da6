/**
 * What other machines get: a tar.gz that needs no JDK, and an image of containers made without
 * Docker.
 *
 * <p>In: the jars that the build left, and the JDK that it was built with. Out: two files. Come in
 * by {@link io.oriel.dist.Main}, which {@code ./oriel dist} calls. A tool of the build: it knows
 * none of the program, and the program none of it.
 *
 * <pre>
 *   jars, JDK -> JavaRuntime (jlink) -> Stage (a folder as it will be) -> Tarball
 *                                                                     \-> Image (Jib)
 * </pre>
 */
@NullMarked
package io.oriel.dist;

import org.jspecify.annotations.NullMarked;
