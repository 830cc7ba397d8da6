package io.oriel.engines.prometheus;

import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.relabel.Relabeling;
import io.oriel.wire.remotewrite.RequestBuilder;
import io.oriel.wire.remotewrite.WriteVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where samples are sent to, and how.
 *
 * @param name of the queue: a label of Oriel's metrics and a folder's name
 * @param headers sent with each request
 * @param relabeling what is changed, or stays here
 * @param externalLabels added to each series that has none of that name
 * @param metadataInterval how often metadata are sent beside 1.0 messages; zero = never
 */
public record Destination(
    String name,
    URI url,
    HttpSettings http,
    Map<String, String> headers,
    Duration timeout,
    Relabeling relabeling,
    Map<String, String> externalLabels,
    QueueConfig queue,
    Duration metadataInterval,
    int metadataPerRequest,
    WriteVersion version,
    RequestBuilder.Parts parts) {

  /** With Prometheus' defaults. */
  public static Destination to(String name, URI url) {
    return new Destination(
        name,
        url,
        HttpSettings.NORMAL,
        Map.of(),
        Duration.ofSeconds(30),
        Relabeling.NONE,
        Map.of(),
        QueueConfig.NORMAL,
        Duration.ofMinutes(1),
        2000,
        WriteVersion.V1,
        new RequestBuilder.Parts(false, false));
  }

  public Destination with(QueueConfig other) {
    return new Destination(
        name,
        url,
        http,
        headers,
        timeout,
        relabeling,
        externalLabels,
        other,
        metadataInterval,
        metadataPerRequest,
        version,
        parts);
  }

  public Destination with(WriteVersion otherVersion, RequestBuilder.Parts otherParts) {
    return new Destination(
        name,
        url,
        http,
        headers,
        timeout,
        relabeling,
        externalLabels,
        queue,
        metadataInterval,
        metadataPerRequest,
        otherVersion,
        otherParts);
  }

  public Destination with(HttpSettings otherHttp, Map<String, String> otherHeaders) {
    return new Destination(
        name,
        url,
        otherHttp,
        otherHeaders,
        timeout,
        relabeling,
        externalLabels,
        queue,
        metadataInterval,
        metadataPerRequest,
        version,
        parts);
  }

  public Destination with(Relabeling otherRules, Map<String, String> otherLabels) {
    return new Destination(
        name,
        url,
        http,
        headers,
        timeout,
        otherRules,
        otherLabels,
        queue,
        metadataInterval,
        metadataPerRequest,
        version,
        parts);
  }
}
