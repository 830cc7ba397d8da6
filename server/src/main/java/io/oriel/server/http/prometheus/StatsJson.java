package io.oriel.server.http.prometheus;

import io.oriel.model.backend.QueryAnswer;
import io.oriel.server.http.JsonOut;
import java.io.IOException;

/** What a query cost, in the shape of Prometheus ({@code util/stats/query_stats.go}). */
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
        .object()
        .field("totalQueryableSamples", stats.samplesRead())
        .field("samplesRead", stats.samplesRead())
        .field("peakSamples", stats.samplesPeak())
        .end()
        .field("series", stats.series())
        .end();
  }
}
