/**
 * Which systems there are to read: those that were configured, and those that are found running.
 *
 * <p>In: the configuration's list, lists that others keep (files, names in the DNS), the containers
 * and the processes of this machine. Out: a collector for each system, the same one as long as the
 * system stays where it is; and one that tells how it stands with the lists. The kinds of systems
 * are the rows of {@link io.oriel.collect.discover.SystemKind}; come in by {@link
 * io.oriel.collect.discover.Discovery}.
 */
@NullMarked
package io.oriel.collect.discover;

import org.jspecify.annotations.NullMarked;
