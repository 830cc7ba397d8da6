package io.oriel.collect.gpu;

/** In whose names the GPUs are told; any set of them at once. */
public enum NamingScheme {
  /** {@code DCGM_FI_*}, as NVIDIA's dcgm-exporter. */
  DCGM("dcgm"),
  /** {@code nvidia_smi_*}, as nvidia_gpu_exporter. */
  NVIDIA_SMI("nvidia_smi"),
  /** {@code nvidia_gpu_*}, as nvidia_gpu_prometheus_exporter. */
  NVIDIA_GPU("nvidia_gpu");

  private final String word;

  NamingScheme(String word) {
    this.word = word;
  }

  /** As the configuration has it. */
  public String word() {
    return word;
  }

  Scheme names(String host) {
    return switch (this) {
      case DCGM -> new DcgmNames(host);
      case NVIDIA_SMI -> new SmiNames();
      case NVIDIA_GPU -> new NvidiaGpuNames();
    };
  }
}
