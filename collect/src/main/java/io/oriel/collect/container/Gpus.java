package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads which GPUs a container was given: by a device request, by the environment of NVIDIA's
 * runtime, by device files, in that order.
 */
final class Gpus {
  private static final String VISIBLE = "NVIDIA_VISIBLE_DEVICES";
  private static final String FILE = "/dev/nvidia";
  private static final List<String> AMD = List.of("/dev/kfd", "/dev/dri/renderD");

  private Gpus() {}

  static GpuRequest of(JsonNode hostConfig, Map<String, String> environment) {
    GpuRequest asked = byRequest(hostConfig.path("DeviceRequests"));
    if (!asked.isGpu()) asked = byEnvironment(hostConfig, environment);
    if (!asked.isGpu()) asked = byFiles(hostConfig.path("Devices"));
    return asked.isGpu() ? asked : GpuRequest.NONE;
  }

  private static GpuRequest byRequest(JsonNode requests) {
    var devices = new ArrayList<String>();
    int count = 0;
    for (JsonNode request : requests) {
      if (!isGpu(request)) continue;
      int wanted = JsonNumber.small(request.path("Count"), 0);
      if (wanted < 0) return new GpuRequest(true, 0, List.of(), "device request");
      count += wanted;
      devices.addAll(Words.list(request.path("DeviceIDs")));
    }
    boolean all = devices.stream().anyMatch(each -> each.endsWith("=all"));
    return new GpuRequest(all, count, all ? List.of() : List.copyOf(devices), "device request");
  }

  private static boolean isGpu(JsonNode request) {
    if (Words.of(request.path("Driver")).equals("cdi")) {
      return Words.list(request.path("DeviceIDs")).stream().anyMatch(id -> id.contains("/gpu="));
    }
    for (JsonNode together : request.path("Capabilities")) {
      if (Words.list(together).contains("gpu")) return true;
    }
    return false;
  }

  /**
   * Images set the variable themselves ({@code all}, mostly): without NVIDIA's runtime it does
   * nothing, so the runtime must be named, or be the daemon's default, where it can't be seen.
   */
  private static GpuRequest byEnvironment(JsonNode hostConfig, Map<String, String> environment) {
    String visible = environment.getOrDefault(VISIBLE, "");
    boolean isNvidia = Words.of(hostConfig.path("Runtime")).contains("nvidia");
    boolean gives =
        isNvidia && !visible.isEmpty() && !visible.equals("none") && !visible.equals("void");
    if (!gives) return GpuRequest.NONE;
    return visible.equals("all")
        ? new GpuRequest(true, 0, List.of(), VISIBLE)
        : new GpuRequest(false, 0, List.of(visible.split(",")), VISIBLE);
  }

  private static GpuRequest byFiles(JsonNode files) {
    var devices = new ArrayList<String>();
    boolean amd = false;
    for (JsonNode file : files) {
      String path = Words.of(file.path("PathOnHost"));
      amd |= AMD.stream().anyMatch(path::startsWith);
      if (!path.startsWith(FILE)) continue;
      String number = path.substring(FILE.length());
      if (!number.isEmpty() && number.chars().allMatch(Character::isDigit)) devices.add(number);
    }
    return new GpuRequest(amd && devices.isEmpty(), 0, List.copyOf(devices), "device file");
  }
}
