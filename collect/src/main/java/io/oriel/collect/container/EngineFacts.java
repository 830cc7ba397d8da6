package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;

/**
 * What the daemon says of itself.
 *
 * @param runtime {@code docker} or {@code podman}
 * @param cgroupVersion {@code 1}, {@code 2}; empty where it does not say
 * @param cpus of its machine; 0 where it does not say
 * @param memoryBytes of its machine; 0 where it does not say
 * @param clockAheadMs how far its clock is ahead of ours
 */
record EngineFacts(
    String runtime,
    String version,
    String storageDriver,
    String cgroupDriver,
    String cgroupVersion,
    boolean hasNvidiaRuntime,
    int cpus,
    double memoryBytes,
    long clockAheadMs) {
  static final EngineFacts NONE = new EngineFacts("docker", "", "", "", "", false, 0, 0, 0);

  /** From {@code /version} alone. */
  static EngineFacts ofVersion(JsonNode version) {
    String engine = Words.of(version.path("Components").path(0).path("Name"));
    String runtime = engine.startsWith("Podman") ? "podman" : "docker";
    return new EngineFacts(runtime, Words.of(version.path("Version")), "", "", "", false, 0, 0, 0);
  }

  /** With what {@code /info} adds. */
  EngineFacts with(JsonNode info, long nowMs) {
    long theirs = Words.ms(info.path("SystemTime"));
    return new EngineFacts(
        runtime,
        version.isEmpty() ? Words.of(info.path("ServerVersion")) : version,
        Words.of(info.path("Driver")),
        Words.of(info.path("CgroupDriver")),
        Words.of(info.path("CgroupVersion")),
        info.path("Runtimes").has("nvidia"),
        JsonNumber.small(info.path("NCPU"), 0),
        JsonNumber.of(info.path("MemTotal"), 0),
        theirs == 0 ? 0 : theirs - nowMs);
  }
}
