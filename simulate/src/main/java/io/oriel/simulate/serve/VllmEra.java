package io.oriel.simulate.serve;

import io.oriel.simulate.world.ServerSpec;

/** Which names a version of vLLM has for what it counts. */
enum VllmEra {
  /** Up to 0.8: without the label engine. */
  V0,
  /** 0.9 and 0.10: old and new names of the KV cache side by side. */
  BOTH,
  /** From about 0.12 on. */
  NEW;

  static VllmEra of(ServerSpec server) {
    int minor = Integer.parseInt(server.version().split("\\.", -1)[1]);
    return minor < 9 ? V0 : minor < 12 ? BOTH : NEW;
  }

  boolean isV1() {
    return this != V0;
  }
}
