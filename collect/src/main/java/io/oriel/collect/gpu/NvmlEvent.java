package io.oriel.collect.gpu;

/**
 * Something happened on a GPU.
 *
 * @param device its handle
 * @param type one of NVML's event bits
 * @param data for an XID: its code
 */
public record NvmlEvent(long device, long type, long data) {
  /** The bit of XID errors. */
  public static final long XID = 8;
}
