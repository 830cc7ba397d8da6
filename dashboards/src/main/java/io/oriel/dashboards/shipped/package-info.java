/**
 * The dashboards that Oriel ships, one file each; {@link io.oriel.dashboards.shipped.Shipped} lists
 * them.
 */
@NullMarked
package io.oriel.dashboards.shipped;

import org.jspecify.annotations.NullMarked;
