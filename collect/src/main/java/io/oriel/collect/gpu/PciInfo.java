package io.oriel.collect.gpu;

/**
 * Where a GPU sits.
 *
 * @param busId {@code 00000000:83:00.0}
 * @param deviceId device and vendor, as the bus tells them
 * @param subsystemId of the board
 */
public record PciInfo(
    String busId, int domain, int bus, int device, long deviceId, long subsystemId) {}
