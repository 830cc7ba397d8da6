package io.oriel.server.http.prometheus;

import io.oriel.model.backend.QueryAnswer;
import io.oriel.server.http.JsonOut;
import java.io.IOException;

/**
 * What a query cost, in the shape of Prometheus ({@code util/stats/query_stats.go}). How many
 * samples the windows hold in all is known where each step is counted ({@code stats=all}); else
 * what was read stands there.
 */
final class StatsJson {
  private StatsJson() {}

  static void write(JsonOut out, QueryAnswer.Stats stats) throws IOException {
    double seconds = stats.nanos() / 1e9;
    out.name("stats")
        .object()
        .name("timings")
        .object()
        .field("evalTotalTime", seconds)
        .field("resultSortTime", 0)
        .field("queryPreparationTime", 0)
        .field("innerEvalTime", seconds)
        .field("execQueueTime", 0)
        .field("execTotalTime", seconds)
        .end()
        .name("samples")
        .object();
    long total = stats.samplesRead();
    if (!stats.perStep().isEmpty()) {
      total = 0;
      out.name("totalQueryableSamplesPerStep").array();
      for (QueryAnswer.AtStep step : stats.perStep()) {
        total += step.samples();
        out.array().seconds(step.timeMs()).value(step.samples()).end();
      }
      out.end();
    }
    out.field("totalQueryableSamples", total)
        .field("samplesRead", stats.samplesRead())
        .field("peakSamples", stats.samplesPeak())
        .end()
        .field("series", stats.series())
        .end();
  }
}
