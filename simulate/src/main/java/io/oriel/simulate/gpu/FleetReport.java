package io.oriel.simulate.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * What all GPUs answer at one moment.
 *
 * @param nowMs of the simulation
 * @param isDown the machine does not answer: neither does its driver
 * @param xids the last errors, oldest first
 */
public record FleetReport(long nowMs, boolean isDown, List<GpuReport> gpus, List<XidReport> xids) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * An error that a GPU reported.
   *
   * @param number of all since the simulation began
   */
  public record XidReport(long number, int gpu, int code) {}

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report of our own can't be written", e);
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException when it is no such report
   */
  public static FleetReport ofJson(byte[] json, int length) throws IOException {
    return JSON.readValue(json, 0, length, FleetReport.class);
  }
}
