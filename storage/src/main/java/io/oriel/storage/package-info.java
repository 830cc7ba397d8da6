/**
 * The ground under all stores: what is written is there after a crash, what is named is found
 * again.
 *
 * <p>In: opaque records and label pairs from a store's head. Out: the same records after a restart,
 * and the ids of series that matchers agree on. Nothing in here knows what a sample, a log line or
 * a span is; metrics are its first user, logs and traces come next.
 */
@NullMarked
package io.oriel.storage;

import org.jspecify.annotations.NullMarked;
