package io.oriel.collect.gpu;

/** Where a row reads from: a GPU, or an instance of one, in the present round. */
interface Source {
  double number(NvmlCall call, int place) throws NvmlException;

  double field(NvmlField field) throws NvmlException;

  double monitor(GpmMetric metric) throws NvmlException;

  /** The GPU, or the one that the instance is part of. */
  Gpu gpu();
}
