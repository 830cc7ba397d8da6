/**
 * From jobs to targets: groups are read, labels are completed and relabelled, and what is left is a
 * {@link io.oriel.scrape.discover.Target} that can be asked, or a {@link
 * io.oriel.scrape.discover.DroppedTarget} with the reason.
 *
 * <p>Come in by {@link io.oriel.scrape.discover.Discovery}. The rules for labels are those of
 * Prometheus 3: {@code scrape/target.go}.
 *
 * <pre>
 *   ScrapeConfig -> static groups, TargetFiles -> TargetLabels (defaults, relabelling) -> Target | DroppedTarget
 * </pre>
 */
@NullMarked
package io.oriel.scrape.discover;

import org.jspecify.annotations.NullMarked;
