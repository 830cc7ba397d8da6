package io.oriel.server.config;

import io.oriel.engines.prometheus.Destination;
import io.oriel.engines.prometheus.RemoteWriteSection;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code oriel agent} alone needs.
 *
 * @param ports of its pages; 0 is none
 * @param push where its series are sent, beside the remote writes of a prometheus.yml
 */
public record AgentConfig(Map<AgentPage, Integer> ports, List<Destination> push) {
  private static final int LAST_PORT = 65_535;

  public AgentConfig {
    ports = Map.copyOf(ports);
    push = List.copyOf(push);
  }

  /** That of a page; 0 is none. */
  public int port(AgentPage page) {
    return ports.getOrDefault(page, 0);
  }

  static AgentConfig read(YamlMap yaml, Flags flags, Problems problems) {
    var ports = new EnumMap<AgentPage, Integer>(AgentPage.class);
    for (AgentPage page : AgentPage.values()) {
      String key = page.setting().key();
      long port = yaml.integer(key, 0, LAST_PORT).orElse((long) page.normalPort());
      ports.put(page, (int) port);
    }
    List<Destination> push =
        RemoteWriteSection.readAll(
            yaml.maps(Setting.AGENT_PUSH.key()), flags.besideConfig(Path.of("")), Map.of());
    yaml.refuseUnknownKeys(problems);
    return new AgentConfig(ports, push);
  }

  /** The same with what the command line says: it wins, port by port. */
  public AgentConfig with(Map<AgentPage, Integer> otherPorts, List<Destination> morePush) {
    var all = new EnumMap<AgentPage, Integer>(ports);
    all.putAll(otherPorts);
    var pushes = new ArrayList<>(push);
    pushes.addAll(morePush);
    return new AgentConfig(all, pushes);
  }
}
