package io.oriel.server.auth;

import io.oriel.model.limit.Limits;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The web configuration file, as Prometheus and its exporters read it ({@code web-config.yml},
 * exporter-toolkit 0.14), with one section of ours: {@code bearer_tokens}.
 *
 * @param tls empty where requests come in the clear
 * @param http2 whether HTTP/2 is offered under TLS
 * @param headers beside those that every answer has, or in their place
 */
public record WebConfig(
    Optional<Tls> tls, boolean http2, Map<String, String> headers, Credentials credentials) {
  /** No TLS, and nobody is asked who they are. */
  public static final WebConfig NONE =
      new WebConfig(Optional.empty(), true, Map.of(), Credentials.NONE);

  /** Those that exporter-toolkit lets one set. */
  private static final Set<String> HEADERS =
      Set.of(
          "Strict-Transport-Security",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "X-XSS-Protection",
          "Content-Security-Policy");

  public WebConfig {
    headers = Map.copyOf(headers);
  }

  /** Reads the file and all that it names; what is wrong goes to {@code problems}. */
  public static WebConfig read(Path file, Limits limits, Problems problems) {
    YamlMap yaml = YamlFile.read(file, limits, problems);
    Optional<Tls> tls = yaml.map("tls_server_config").flatMap(map -> Tls.read(map, file, problems));
    YamlMap http = yaml.section("http_server_config");
    boolean http2 = http.bool("http2").orElse(true);
    Map<String, String> headers = headers(http, problems);
    http.refuseUnknownKeys(problems);
    var credentials = Credentials.read(yaml, file, problems);
    yaml.refuseUnknownKeys(problems);
    return new WebConfig(tls, http2, headers, credentials);
  }

  private static Map<String, String> headers(YamlMap http, Problems problems) {
    Map<String, String> headers = http.textMap("headers");
    for (String name : headers.keySet()) {
      if (HEADERS.contains(name)) continue;
      problems.add(
          http.section("headers").at(name),
          "the header " + name + " can't be set here",
          "write one of: " + String.join(", ", HEADERS.stream().sorted().toList()));
    }
    return headers;
  }

  /** What stands between the port and who reaches it, for the log. */
  public String words() {
    var words = new ArrayList<String>();
    tls.ifPresent(found -> words.add(found.words()));
    if (!credentials.isEmpty()) words.add(credentials.words());
    return words.isEmpty() ? "none" : String.join(",", words);
  }
}
