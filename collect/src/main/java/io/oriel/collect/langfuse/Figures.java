package io.oriel.collect.langfuse;

import io.oriel.collect.Metric;
import java.util.List;

/** What is told of a Langfuse; a row a metric. */
final class Figures {
  private static final String SINCE = " Counted since an hour before the collector began.";

  static final Metric UP = Metric.gauge("oriel_langfuse_up", "1 when Langfuse answers.");
  static final Metric INFO =
      Metric.gauge("oriel_langfuse_info", "Always 1; Langfuse's version and the project's name.");
  static final Metric AGE =
      Metric.gauge(
          "oriel_langfuse_answer_age_seconds",
          "How long ago the figures of a part were asked for.");
  static final Metric NEWEST =
      Metric.gauge(
          "oriel_langfuse_newest_trace_timestamp_seconds",
          "When the newest trace began that Langfuse shows.");
  static final Metric OBSERVATIONS =
      Metric.counter(
          "oriel_langfuse_observations_total",
          "Observations by type, level (ERROR: it failed) and model." + SINCE);
  static final Metric OBSERVATION_SECONDS =
      Metric.counter(
          "oriel_langfuse_observation_seconds_total",
          "How long observations took, all together." + SINCE);
  static final Metric TOKENS =
      Metric.counter(
          "oriel_langfuse_tokens_total", "Tokens by model and direction: input, output." + SINCE);
  static final Metric COST =
      Metric.counter(
          "oriel_langfuse_cost_usd_total",
          "Cost by model; absent where Langfuse knows no price." + SINCE);
  static final Metric TRACES =
      Metric.counter("oriel_langfuse_traces_total", "Traces by name." + SINCE);
  static final Metric TRACE_SECONDS =
      Metric.counter(
          "oriel_langfuse_trace_seconds_total", "How long traces took, all together." + SINCE);
  static final Metric USER_COST =
      Metric.counter(
          "oriel_langfuse_user_cost_usd_total",
          "Cost by user; of many users the first fifty by name." + SINCE);
  static final Metric USER_TOKENS =
      Metric.counter(
          "oriel_langfuse_user_tokens_total",
          "Tokens by user; of many users the first fifty by name." + SINCE);
  static final Metric HOUR_LATENCY =
      Metric.gauge(
          "oriel_langfuse_hour_latency_seconds",
          "How long calls of a model took in the last hour, by quantile.");
  static final Metric HOUR_FIRST_TOKEN =
      Metric.gauge(
          "oriel_langfuse_hour_time_to_first_token_seconds",
          "From a call of a model to its first token in the last hour, by quantile.");
  static final Metric HOUR_TRACE_LATENCY =
      Metric.gauge(
          "oriel_langfuse_hour_trace_latency_seconds",
          "How long traces took in the last hour, by quantile.");
  static final Metric HOUR_SCORES =
      Metric.gauge("oriel_langfuse_hour_scores", "Numeric scores of the last hour, by name.");
  static final Metric HOUR_SCORE_MEAN =
      Metric.gauge(
          "oriel_langfuse_hour_score_mean", "Mean of the numeric scores of the last hour.");

  private Figures() {}

  static List<Metric> all() {
    return List.of(
        UP,
        INFO,
        AGE,
        NEWEST,
        OBSERVATIONS,
        OBSERVATION_SECONDS,
        TOKENS,
        COST,
        TRACES,
        TRACE_SECONDS,
        USER_COST,
        USER_TOKENS,
        HOUR_LATENCY,
        HOUR_FIRST_TOKEN,
        HOUR_TRACE_LATENCY,
        HOUR_SCORES,
        HOUR_SCORE_MEAN);
  }
}
