@NullMarked
package io.oriel.dashboards.shipped;

import org.jspecify.annotations.NullMarked;
