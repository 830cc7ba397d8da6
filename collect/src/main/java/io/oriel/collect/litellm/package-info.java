/**
 * LiteLLM's proxy: its page of metrics where it has one, and what its admin API knows beside.
 *
 * <p>In: readiness, {@code /metrics/}, the list of deployments, the daily sums of its database, and
 * where there is no page the log of requests. Out: the page as it is; models with their prices;
 * spend, requests and tokens by model, provider, key, user and team, each the largest few and
 * {@code other}. What costs LiteLLM work is asked seldom, what it refuses seldomer, and what would
 * make it ask a paid provider only where that was configured. Come in by {@link
 * io.oriel.collect.litellm.LitellmCollector}.
 */
@NullMarked
package io.oriel.collect.litellm;

import org.jspecify.annotations.NullMarked;
