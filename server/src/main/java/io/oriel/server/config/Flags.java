package io.oriel.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the command line says; it wins over the file.
 *
 * @param dashboards folders of dashboards; empty: those of the file
 * @param demo the simulated fleet whose GPUs, containers and systems are watched in place of this
 *     machine's
 */
public record Flags(
    Optional<Path> config,
    Optional<Path> data,
    Optional<Integer> port,
    Optional<String> listen,
    Optional<String> basePath,
    Optional<Path> prometheusConfig,
    Optional<Path> webConfig,
    Optional<Duration> retention,
    boolean enableAdminApi,
    boolean noCollectors,
    List<Path> dashboards,
    Optional<Demo> demo) {
  public static final Flags NONE =
      new Flags(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          List.of(),
          Optional.empty());

  /** A path that stands in the configuration is seen from the folder of its file. */
  Path besideConfig(Path path) {
    return config.map(file -> file.resolveSibling(path)).orElse(path);
  }

  /** By name, as {@code /api/v1/status/flags} tells them; only those that were given. */
  public Map<String, String> asMap() {
    var map = new TreeMap<String, String>();
    config.ifPresent(value -> map.put("config", value.toString()));
    data.ifPresent(value -> map.put("data", value.toString()));
    port.ifPresent(value -> map.put("port", value.toString()));
    listen.ifPresent(value -> map.put("listen", value));
    basePath.ifPresent(value -> map.put("base-path", value));
    prometheusConfig.ifPresent(value -> map.put("prometheus-config", value.toString()));
    webConfig.ifPresent(value -> map.put("web-config", value.toString()));
    retention.ifPresent(value -> map.put("retention", value.toSeconds() + "s"));
    if (enableAdminApi) map.put("enable-admin-api", "true");
    if (noCollectors) map.put("no-collectors", "true");
    if (!dashboards.isEmpty()) {
      map.put(
          "dashboards", dashboards.stream().map(Path::toString).collect(Collectors.joining(",")));
    }
    demo.ifPresent(value -> map.put("demo", value.at().map(URI::toString).orElse("true")));
    return map;
  }
}
