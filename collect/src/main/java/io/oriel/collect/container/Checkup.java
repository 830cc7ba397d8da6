package io.oriel.collect.container;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.model.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the doctor found at all containers of a daemon, in three forms: words, a script, JSON.
 *
 * @param containers how many were looked at
 */
public record Checkup(int containers, List<Finding> findings) {

  /**
   * Looks at every container twice and judges.
   *
   * @param collector that nobody else runs
   * @param betweenMs between the two looks
   * @throws CollectorFailure when no daemon answers: the kernel's accounts alone say too little
   */
  public static Checkup of(ContainerCollector collector, Doctor doctor, Clock clock, long betweenMs)
      throws CollectorFailure, InterruptedException {
    var readings = new Readings();
    long start = clock.nanos();
    Roll roll = look(collector, readings);
    Map<String, Patient.Look> first = new HashMap<>();
    for (Tracked each : roll.all()) first.put(each.id, Patient.Look.at(each));
    clock.sleepUntil(clock.millis() + betweenMs);
    look(collector, readings);
    double seconds = (clock.nanos() - start) / 1e9;
    List<Patient> patients =
        roll.all().stream()
            .map(each ->
                Patient.of(
                    each,
                    first.getOrDefault(each.id, Patient.Look.NONE),
                    Patient.Look.at(each),
                    Math.max(seconds, 1e-3),
                    clock.millis()))
            .toList();
    return new Checkup(patients.size(), doctor.examine(patients));
  }

  private static Roll look(ContainerCollector collector, Readings readings)
      throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    if (!collector.hasDaemon()) {
      throw new CollectorFailure(
          "no daemon of containers was found", "name its socket or address by --host");
    }
    return collector.roll();
  }

  /** A line a finding, its remedy below, and how many there are. */
  public String words() {
    var text = new StringBuilder();
    for (Finding each : findings) {
      text.append(plain(each.name())).append(": ").append(each.kind().word()).append(": ");
      text.append(plain(each.happened())).append('\n');
      text.append("    ").append(plain(each.remedy())).append('\n');
    }
    String count = findings.isEmpty() ? "nothing found" : findings.size() + " findings";
    return text.append("%d containers: %s\n".formatted(containers, count)).toString();
  }

  /** For a shell, after a person has read it; empty when there is nothing to do. */
  public String script() {
    if (findings.isEmpty()) return "";
    var text =
        new StringBuilder(
            """
            #!/bin/sh
            # Printed by oriel docker doctor, which runs nothing itself. Read it before you run it:
            # what needs a decision is a comment; take its # away if you want it done.
            set -eu
            """);
    for (Finding each : findings) {
      text.append("\n# ").append(plain(each.name())).append(": ").append(plain(each.happened()));
      for (String command : each.commands()) {
        text.append(each.isSafe() ? "\n" : "\n# ").append(command);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** {@code {"containers": 12, "findings": [{"kind", "id", "container", ...}]}}. */
  public String json() {
    var json = new JsonMapper();
    ObjectNode root = json.createObjectNode().put("containers", containers);
    ArrayNode list = root.putArray("findings");
    for (Finding each : findings) {
      ObjectNode node = list.addObject();
      node.put("kind", each.kind().word()).put("id", each.id()).put("container", each.name());
      node.put("happened", each.happened()).put("remedy", each.remedy());
      ArrayNode commands = node.putArray("commands");
      each.commands().forEach(commands::add);
    }
    return root.toPrettyString() + "\n";
  }

  /** A daemon's word may hold line breaks and signs that steer a terminal: none gets out. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
