package io.oriel.engines.prometheus;

import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.remotewrite.WriteVersion;
import java.net.URI;
import java.util.Map;

/**
 * Where the engine is that stands in the store's place.
 *
 * @param queries the address before {@code /api/v1/query}: {@code http://mimir:8080/prometheus}
 * @param writes where remote write goes; another host than that for queries may be meant
 * @param headers with each request, the tenant's among them
 */
public record EngineConfig(
    URI queries, URI writes, HttpSettings http, Map<String, String> headers, WriteVersion version) {
  /** The header by which Mimir, Loki and their kin part tenants. */
  public static final String TENANT = "X-Scope-OrgID";
}
