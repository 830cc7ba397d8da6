package io.oriel.server.config;

import io.oriel.wire.yaml.Place;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Oriel listens.
 *
 * @param port 0 takes a free one, and so does the other port then
 * @param basePath empty, or beginning with a slash and ending without
 * @param hosts names under which Oriel answers beside its own
 * @param origins other sites whose pages may ask for changes
 * @param webConfig who may come in, and by TLS or not
 */
public record ListenConfig(
    InetAddress address,
    int port,
    int prometheusPort,
    OtlpPort otlpGrpc,
    OtlpPort otlpHttp,
    String basePath,
    List<String> hosts,
    List<String> origins,
    Optional<Path> webConfig) {
  private static final int LAST_PORT = 65_535;
  private static final Pattern HOST = Pattern.compile("[^/\\s:@\\[\\]]+|\\[?[0-9A-Fa-f:.]+]?");
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s]+");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

  /**
   * A port that other programs may have as well.
   *
   * @param port 0 is none
   * @param isAsked whether it was written down: then Oriel does not start without it
   */
  public record OtlpPort(int port, boolean isAsked) {}

  static ListenConfig read(YamlMap yaml, Flags flags, Problems problems) {
    InetAddress address = address(yaml, flags, problems);
    int port = port(yaml, Setting.LISTEN_PORT).orElse(23_000);
    Optional<Integer> second = port(yaml, Setting.LISTEN_PROMETHEUS_PORT);
    if (flags.port().isPresent()) { // it moves both
      port = flags.port().get();
      second = Optional.empty();
    }
    int prometheusPort = second.orElse(port == 0 ? 0 : port + 1);
    if (prometheusPort > LAST_PORT) {
      problems.add(
          flags.port().map(_ -> Place.of("--port")).orElse(at(yaml, Setting.LISTEN_PORT)),
          "port %d leaves none for the Prometheus listener beside it".formatted(port),
          "write a port up to 65534");
    }
    String basePath = basePath(yaml, flags, problems);
    List<String> hosts = hosts(yaml, problems);
    List<String> origins = origins(yaml, problems);
    Optional<Path> written = yaml.path(Setting.LISTEN_WEB_CONFIG.key()).map(flags::besideConfig);
    Optional<Path> web = flags.webConfig().or(() -> written);
    OtlpPort grpc = otlp(yaml, Setting.LISTEN_OTLP_GRPC_PORT, port == 0 ? 0 : 4317);
    OtlpPort http = otlp(yaml, Setting.LISTEN_OTLP_HTTP_PORT, port == 0 ? 0 : 4318);
    yaml.refuseUnknownKeys(problems);
    return new ListenConfig(
        address, port, prometheusPort, grpc, http, basePath, hosts, origins, web);
  }

  private static List<String> hosts(YamlMap yaml, Problems problems) {
    String key = Setting.LISTEN_HOSTS.key();
    List<String> hosts = yaml.texts(key);
    for (int i = 0; i < hosts.size(); i++) {
      if (HOST.matcher(hosts.get(i)).matches()) continue;
      problems.add(
          yaml.at(key, i),
          "'%s' is no name of a host".formatted(hosts.get(i)),
          "write the name alone, no scheme, port or path: oriel.example");
    }
    return hosts;
  }

  private static List<String> origins(YamlMap yaml, Problems problems) {
    String key = Setting.LISTEN_ORIGINS.key();
    List<String> origins = yaml.texts(key);
    for (int i = 0; i < origins.size(); i++) {
      if (ORIGIN.matcher(origins.get(i)).matches()) continue;
      problems.add(
          yaml.at(key, i),
          "'%s' is no origin of a page".formatted(origins.get(i)),
          "write scheme and host, and no path: https://oriel.example");
    }
    return origins;
  }

  private static OtlpPort otlp(YamlMap yaml, Setting setting, int normal) {
    return port(yaml, setting)
        .map(port -> new OtlpPort(port, true))
        .orElse(new OtlpPort(normal, false));
  }

  private static Optional<Integer> port(YamlMap yaml, Setting setting) {
    return yaml.integer(setting.key(), 0, LAST_PORT).map(Long::intValue);
  }

  private static Place at(YamlMap yaml, Setting setting) {
    return yaml.at(setting.key());
  }

  private static InetAddress address(YamlMap yaml, Flags flags, Problems problems) {
    String written =
        yaml.text(Setting.LISTEN_ADDRESS.key()).orElse(Setting.LISTEN_ADDRESS.normal());
    String address = flags.listen().orElse(written);
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException _) {
      problems.add(
          flags.listen().map(_ -> Place.of("--listen")).orElse(at(yaml, Setting.LISTEN_ADDRESS)),
          "there is no address " + address,
          "write an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them");
      return InetAddress.getLoopbackAddress();
    }
  }

  private static String basePath(YamlMap yaml, Flags flags, Problems problems) {
    String written = yaml.text(Setting.LISTEN_BASE_PATH.key()).orElse("");
    String path = slashes(flags.basePath().orElse(written));
    if (!PATH.matcher(path).matches() || List.of(path.split("/", -1)).contains("..")) {
      problems.add(
          flags
              .basePath()
              .map(_ -> Place.of("--base-path"))
              .orElse(at(yaml, Setting.LISTEN_BASE_PATH)),
          "the base path " + path + " has parts that a path may not have",
          "write it like /oriel, with letters, digits and . _ ~ -");
    }
    return path;
  }

  /** A slash before and none behind, however it was written. */
  private static String slashes(String text) {
    String path = text.strip();
    while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }
}
