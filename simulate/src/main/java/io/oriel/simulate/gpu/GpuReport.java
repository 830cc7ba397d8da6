package io.oriel.simulate.gpu;

import io.oriel.collect.gpu.GpmMetric;
import io.oriel.collect.gpu.NvmlCall;
import io.oriel.collect.gpu.NvmlField;
import io.oriel.collect.gpu.NvmlText;
import java.util.List;
import java.util.Map;

/**
 * What one GPU answers at one moment.
 *
 * @param busId {@code 00000000:19:00.0}
 * @param numbers by call; what is not in it is not supported
 * @param fields by field; what is not in it is not supported
 * @param monitors what the performance monitors have added up, each times seconds
 */
public record GpuReport(
    String busId,
    int bus,
    Map<NvmlText, String> texts,
    Map<NvmlCall, long[]> numbers,
    Map<NvmlField, Double> fields,
    Map<GpmMetric, Double> monitors,
    List<Holder> processes) {

  /** A process that holds memory of it. */
  public record Holder(int pid, String name, long bytes) {}
}
