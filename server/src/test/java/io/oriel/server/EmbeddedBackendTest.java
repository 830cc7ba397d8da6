package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.backend.MetricBackend;
import io.oriel.model.backend.MetricBackendContract;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the embedded store and engine. */
class EmbeddedBackendTest extends MetricBackendContract {
  @TempDir static Path folder;

  @Override
  protected MetricBackend open() {
    MetricStore store = MetricStore.open(MetricStoreConfig.in(folder), Clock.system());
    var engine = Promql.engine(store.source(), Limits.NORMAL, Clock.system());
    return new MetricBackend() {
      @Override
      public MetricSink sink() {
        return store.sink();
      }

      @Override
      public MetricSource source() {
        return store.source();
      }

      @Override
      public MetricQueries queries() {
        return engine;
      }

      @Override
      public void close() {
        engine.close();
        store.close();
      }
    };
  }
}
