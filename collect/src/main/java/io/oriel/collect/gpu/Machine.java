package io.oriel.collect.gpu;

import java.util.List;

/**
 * The GPUs of the machine and what drives them.
 *
 * @param driver version; empty where it does not say
 * @param cuda {@code 13.1}; empty where it does not say
 * @param expected how many there should be: those that could not be opened count too
 */
record Machine(String driver, String cuda, int expected, List<Gpu> gpus) {
  void close() {
    gpus.forEach(Gpu::close);
  }
}
