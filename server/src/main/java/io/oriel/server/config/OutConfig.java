package io.oriel.server.config;

import io.oriel.engines.prometheus.Destination;
import io.oriel.engines.prometheus.EngineConfig;
import io.oriel.storage.queue.QueueBounds;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import io.oriel.wire.http.ShownUrl;
import io.oriel.wire.http.TlsSettings;
import io.oriel.wire.remotewrite.WriteVersion;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What leaves this Oriel: copies by remote write, and the engine that stands in the store's place.
 *
 * @param remoteWrites of the prometheus.yml that is followed
 * @param copies how much waits for each of them
 * @param engine none: metrics are kept here
 * @param engineQueue how much waits for it
 */
public record OutConfig(
    List<Destination> remoteWrites,
    QueueBounds copies,
    Optional<EngineConfig> engine,
    QueueBounds engineQueue) {
  private static final long COPIES = 1L << 30;
  private static final long ENGINE = 4L << 30;

  /** Where metrics are kept. */
  private enum Kept {
    EMBEDDED,
    PROMETHEUS
  }

  static OutConfig read(
      YamlMap copies,
      YamlMap metrics,
      List<Destination> remoteWrites,
      Flags flags,
      Problems problems) {
    var config =
        new OutConfig(
            List.copyOf(remoteWrites),
            new QueueBounds(
                bytes(copies, Setting.REMOTE_WRITE_QUEUE_BYTES, COPIES),
                copies.duration(Setting.REMOTE_WRITE_QUEUE_AGE.key()).orElse(Duration.ZERO),
                QueueBounds.WhenFull.DROP_OLDEST),
            engine(metrics, flags, problems),
            new QueueBounds(
                bytes(metrics, Setting.METRICS_QUEUE_BYTES, ENGINE),
                Duration.ZERO,
                QueueBounds.WhenFull.REFUSE));
    copies.refuseUnknownKeys(problems);
    metrics.refuseUnknownKeys(problems);
    return config;
  }

  private static long bytes(YamlMap yaml, Setting setting, long normal) {
    long bytes = yaml.bytes(setting.key()).orElse(normal);
    if (bytes >= QueueBounds.LEAST_BYTES) return bytes;
    yaml.problems()
        .add(
            yaml.at(setting.key()),
            "%s is %s, too small for a queue"
                .formatted(yaml.name(setting.key()), yaml.shown(setting.key())),
            "write 1MiB or more");
    return normal;
  }

  private static Optional<EngineConfig> engine(YamlMap yaml, Flags flags, Problems problems) {
    Kept kept = yaml.oneOf(Setting.METRICS_ENGINE.key(), Kept.class).orElse(Kept.EMBEDDED);
    Optional<URI> url = yaml.text(Setting.METRICS_URL.key()).flatMap(text -> url(text, yaml));
    String write =
        yaml.text(Setting.METRICS_WRITE_PATH.key()).orElse(Setting.METRICS_WRITE_PATH.normal());
    HttpSettings http = http(yaml, flags, problems);
    WriteVersion version = version(yaml);
    Map<String, String> headers =
        yaml.text(Setting.METRICS_TENANT.key())
            .map(tenant -> Map.of(EngineConfig.TENANT, tenant))
            .orElse(Map.of());
    if (kept == Kept.EMBEDDED) return Optional.empty();
    if (url.isEmpty()) {
      if (!yaml.has(Setting.METRICS_URL.key())) {
        problems.add(
            yaml.at(Setting.METRICS_ENGINE.key()),
            "metrics.engine is prometheus, and metrics.url does not say where it is",
            "write url: http://host:9090");
      }
      return Optional.empty();
    }
    return writes(url.get(), write, yaml)
        .map(writes -> new EngineConfig(url.get(), writes, http, headers, version));
  }

  /** Where is written to: a path of the engine, or another address altogether. */
  private static Optional<URI> writes(URI url, String write, YamlMap yaml) {
    try {
      boolean isWhole = write.startsWith("http://") || write.startsWith("https://");
      var writes = isWhole ? new URI(write) : url.resolve(new URI(path(write)));
      String host = writes.getHost(); // of a path like //other/ it would be another
      if (host != null && (isWhole || host.equals(url.getHost()))) return Optional.of(writes);
    } catch (URISyntaxException _) {
      // told below, in one way
    }
    yaml.problems()
        .add(
            yaml.at(Setting.METRICS_WRITE_PATH.key()),
            "metrics.write_path is %s, no path of the engine and no address"
                .formatted(ShownUrl.of(write)),
            "write /api/v1/write, or http://host:8428/api/v1/write");
    return Optional.empty();
  }

  private static String path(String write) {
    return write.startsWith("/") ? write : "/" + write;
  }

  private static Optional<URI> url(String text, YamlMap yaml) {
    try {
      var url = new URI(text);
      boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (known && url.getHost() != null) return Optional.of(url);
    } catch (URISyntaxException _) {
      // told below, in one way
    }
    yaml.problems()
        .add(
            yaml.at(Setting.METRICS_URL.key()),
            "metrics.url is %s, no address of an engine".formatted(ShownUrl.of(text)),
            "write http://host:9090");
    return Optional.empty();
  }

  private static WriteVersion version(YamlMap yaml) {
    String key = Setting.METRICS_PROTOBUF_MESSAGE.key();
    String message = yaml.text(key).orElse(WriteVersion.V1.message());
    for (WriteVersion each : WriteVersion.values()) {
      if (each.message().equals(message)) return each;
    }
    yaml.problems()
        .add(
            yaml.at(key),
            "metrics.protobuf_message is " + message,
            "write %s or %s".formatted(WriteVersion.V1.message(), WriteVersion.V2.message()));
    return WriteVersion.V1;
  }

  private static HttpSettings http(YamlMap yaml, Flags flags, Problems problems) {
    Optional<String> user = yaml.text(Setting.METRICS_USER.key());
    Optional<Secret> password = secret(yaml, Setting.METRICS_PASSWORD_FILE, flags);
    Optional<Secret> token = secret(yaml, Setting.METRICS_TOKEN_FILE, flags);
    Optional<Secret> ca = secret(yaml, Setting.METRICS_CA_FILE, flags);
    if (user.isPresent() && token.isPresent()) {
      problems.add(
          yaml.at(Setting.METRICS_TOKEN_FILE.key()),
          "metrics has both a user and a token_file",
          "keep one of them");
    }
    Credentials credentials = new Credentials.None();
    if (user.isPresent()) {
      credentials =
          new Credentials.Basic(new Secret(user.get(), null), password.orElse(Secret.NONE));
    } else if (token.isPresent()) {
      credentials = new Credentials.Token("Bearer", token.get());
    }
    TlsSettings normal = TlsSettings.NORMAL;
    var tls =
        new TlsSettings(
            ca.orElse(Secret.NONE),
            normal.cert(),
            normal.key(),
            "",
            false,
            normal.minVersion(),
            "");
    return new HttpSettings(credentials, tls, Map.of(), false, true);
  }

  private static Optional<Secret> secret(YamlMap yaml, Setting setting, Flags flags) {
    Optional<Path> file = yaml.path(setting.key()).map(flags::besideConfig);
    return file.map(path -> new Secret("", path));
  }
}
