package io.oriel.engines.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.wire.http.HttpSection;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.relabel.NameScheme;
import io.oriel.wire.relabel.Relabeling;
import io.oriel.wire.remotewrite.RequestBuilder;
import io.oriel.wire.remotewrite.WriteVersion;
import io.oriel.wire.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads {@code remote_write} of {@code prometheus.yml}, as Prometheus 3 reads it. */
public final class RemoteWriteSection {
  private static final List<String> SIGNED_ELSEWHERE = List.of("sigv4", "azuread", "google_iam");
  private static final List<String> REFUSED =
      List.of("oauth2", "proxy_url", "proxy_from_environment", "proxy_connect_header");

  private final YamlMap yaml;
  private final Path folder;
  private final Map<String, String> externalLabels;

  private RemoteWriteSection(YamlMap yaml, Path folder, Map<String, String> externalLabels) {
    this.yaml = yaml;
    this.folder = folder;
    this.externalLabels = externalLabels;
  }

  /**
   * Reads the list; what is wrong goes to the problems that the file was read with.
   *
   * @param folder that files of secrets and certificates are seen from
   * @param externalLabels {@code global.external_labels}
   */
  public static List<Destination> readAll(
      List<YamlMap> sections, Path folder, Map<String, String> externalLabels) {
    var all = new ArrayList<Destination>();
    var names = new HashSet<String>();
    for (YamlMap section : sections) {
      Destination each = new RemoteWriteSection(section, folder, externalLabels).read();
      all.add(each);
      if (names.add(each.name())) continue;
      section
          .problems()
          .add(
              section.at(),
              "there are two remote writes of the name " + each.name(),
              "give each a name of its own");
    }
    return all;
  }

  private Destination read() {
    URI url = url();
    HttpSettings http = new HttpSection(yaml, folder).read();
    if (!http.tls().serverName().isEmpty()) {
      refuse(
          "tls_config",
          "names a server_name, which is not followed",
          "ask the receiver by the name in its certificate");
    }
    Duration metadata = Duration.ofMinutes(1);
    int metadataPerRequest = 2000;
    YamlMap section = yaml.section("metadata_config");
    boolean sendMetadata = section.bool("send").orElse(true);
    metadata = section.duration("send_interval").orElse(metadata);
    metadataPerRequest = integer(section, "max_samples_per_send", metadataPerRequest);
    section.refuseUnknownKeys(yaml.problems());
    var destination =
        new Destination(
            name(url),
            url,
            http,
            yaml.textMap("headers"),
            yaml.duration("remote_timeout").orElse(Duration.ofSeconds(30)),
            Relabeling.read(yaml.maps("write_relabel_configs"), NameScheme.UTF8),
            externalLabels,
            queue(yaml.section("queue_config")),
            sendMetadata ? metadata : Duration.ZERO,
            metadataPerRequest,
            version(),
            new RequestBuilder.Parts(
                yaml.bool("send_exemplars").orElse(false),
                yaml.bool("send_native_histograms").orElse(false)));
    for (String key : SIGNED_ELSEWHERE) {
      if (yaml.has(key)) refuse(key, "is not there", "put a proxy that signs before the receiver");
    }
    for (String key : REFUSED) {
      if (yaml.has(key))
        refuse(key, "is not followed", "remove it; the receiver is asked directly");
    }
    yaml.known("enable_http2", "no_proxy", "round_robin_dns");
    yaml.refuseUnknownKeys(yaml.problems());
    return destination;
  }

  private void refuse(String key, String what, String remedy) {
    yaml.problems().add(yaml.at(key), yaml.name(key) + " " + what, remedy);
  }

  private URI url() {
    String text = yaml.required("url");
    try {
      var url = new URI(text);
      boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (known && url.getHost() != null) return url;
    } catch (URISyntaxException _) {
      // told below, in one way
    }
    if (!text.isEmpty()) {
      refuse("url", "is no address that can be sent to", "write http://host:port/api/v1/write");
    }
    return URI.create("http://127.0.0.1:1/");
  }

  /** A folder is called so, too; where nobody gave a name, the address decides. */
  private String name(URI url) {
    String name = yaml.text("name").orElse("");
    if (name.isEmpty()) return hash(url.toString());
    if (!name.matches("[A-Za-z0-9._-]{1,64}") || name.startsWith(".")) {
      refuse("name", "is no name for a folder", "write letters, digits, - and _");
      return hash(name);
    }
    return name;
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 3);
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }

  private WriteVersion version() {
    String message = yaml.text("protobuf_message").orElse(WriteVersion.V1.message());
    for (WriteVersion each : WriteVersion.values()) {
      if (each.message().equals(message)) return each;
    }
    refuse(
        "protobuf_message",
        "is " + message,
        "write %s or %s".formatted(WriteVersion.V1.message(), WriteVersion.V2.message()));
    return WriteVersion.V1;
  }

  private QueueConfig queue(YamlMap section) {
    QueueConfig normal = QueueConfig.NORMAL;
    var queue =
        new QueueConfig(
            integer(section, "capacity", normal.capacity()),
            integer(section, "min_shards", normal.minShards()),
            integer(section, "max_shards", normal.maxShards()),
            integer(section, "max_samples_per_send", normal.maxSamples()),
            section.duration("batch_send_deadline").orElse(normal.deadline()),
            section.duration("min_backoff").orElse(normal.minBackoff()),
            section.duration("max_backoff").orElse(normal.maxBackoff()),
            section.bool("retry_on_http_429").orElse(normal.retry429()),
            false,
            section.duration("sample_age_limit").orElse(normal.ageLimit()));
    if (queue.minShards() > queue.maxShards()) {
      yaml.problems()
          .add(
              section.at("min_shards"),
              section.name("min_shards") + " is above max_shards",
              "lower it, or raise max_shards");
    }
    section.refuseUnknownKeys(yaml.problems());
    return queue;
  }

  private static int integer(YamlMap section, String key, int normal) {
    return section.integer(key, 1, 1_000_000).map(Long::intValue).orElse(normal);
  }
}
