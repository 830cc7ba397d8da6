package io.oriel.collect.node;

import io.oriel.model.Labels;

/** A mounted file system: a line of mountinfo, and its labels. */
final class Mount {
  final String device;
  final String type;
  final String path; // where it can be asked from here
  final boolean readOnly;
  final Labels labels;
  final Labels info;

  Mount(String device, String type, String point, String path, String number, boolean readOnly) {
    this.device = device;
    this.type = type;
    this.path = path;
    this.readOnly = readOnly;
    this.labels = Labels.of("device", device, "fstype", type, "mountpoint", point);
    int colon = number.indexOf(':');
    this.info =
        Labels.of(
            "device",
            device,
            "major",
            number.substring(0, colon),
            "minor",
            number.substring(colon + 1),
            "mountpoint",
            point);
  }

  Labels failing(String why) {
    return labels.with("device_error", why);
  }
}
