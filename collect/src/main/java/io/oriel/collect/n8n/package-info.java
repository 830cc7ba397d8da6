/**
 * n8n: its page of metrics as it is, and whether it is up and ready.
 *
 * <p>In: the page, which is off unless its operator switched it on, and its two answers about its
 * health. Come in by {@link io.oriel.collect.n8n.N8nCollector}.
 */
@NullMarked
package io.oriel.collect.n8n;

import org.jspecify.annotations.NullMarked;
