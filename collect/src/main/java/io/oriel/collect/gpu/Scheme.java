package io.oriel.collect.gpu;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** The names, labels and units of one exporter, told from the readings that all schemes share. */
interface Scheme {
  /** Every metric of its table. */
  List<Metric> metrics();

  /** What the machine has, when it is first seen and whenever that has changed. */
  void see(Machine machine);

  /** What concerns the machine as a whole. */
  void tellMachine(Round round, Readings out);

  /**
   * What concerns one GPU.
   *
   * @throws NvmlException when the GPU or NVML as a whole says nothing more
   */
  void tell(Gpu gpu, Round round, Readings out) throws NvmlException;
}
