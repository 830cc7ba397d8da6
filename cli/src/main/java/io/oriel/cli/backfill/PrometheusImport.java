package io.oriel.cli.backfill;

import io.oriel.metrics.MetricStore;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.tsdb.PrometheusBlock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Takes in blocks of Prometheus, each whole or not at all; what was deleted there stays away. */
public final class PrometheusImport {
  private final MetricStore store;

  public PrometheusImport(MetricStore store) {
    this.store = store;
  }

  /**
   * Takes in one block.
   *
   * @throws Refusal.CannotStart where it is damaged or can't be read: nothing of it is taken then
   */
  public Imported add(Path block) {
    try (var open = PrometheusBlock.open(block);
        var in = store.importer()) {
      long[] series = {0};
      open.read(
          TimeRange.ALWAYS,
          (labels, samples) -> {
            if (samples.size == 0) return;
            in.add(labels, samples);
            series[0]++;
          });
      in.publish();
      return new Imported(series[0], in.samples(), in.refused());
    } catch (NoSuchFileException e) {
      throw damaged(block, "there is no file " + e.getFile());
    } catch (IOException e) {
      throw damaged(block, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal damaged(Path block, String why) {
    return new Refusal.CannotStart(
        "the block %s could not be imported (%s)".formatted(block, why),
        "nothing of it was taken in; restore it, or name the other blocks without it");
  }
}
