/**
 * Pages of metrics in the text format, as client libraries write them.
 *
 * <p>Come in by {@link io.oriel.simulate.page.MetricsPage}. A line that did not change is written
 * from its bytes of the last time: a past of 30 days is many pages, and little changes between two.
 */
@NullMarked
package io.oriel.simulate.page;

import org.jspecify.annotations.NullMarked;
