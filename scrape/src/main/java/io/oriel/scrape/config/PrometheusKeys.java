package io.oriel.scrape.config;

import java.util.List;
import java.util.Map;

/** The keys of {@code prometheus.yml} that are known and do nothing yet: one table. */
final class PrometheusKeys {
  private PrometheusKeys() {}

  /** Sections beside the scrape ones. */
  static final List<String> UNUSED_SECTIONS =
      List.of("rule_files", "alerting", "remote_read", "tracing", "otlp", "runtime");

  /** Of {@code storage} and of its {@code tsdb}, with the key of Oriel's that does the same. */
  static final Map<String, String> OWN_STORAGE =
      Map.of(
          "storage.exemplars",
          "limits.exemplars in oriel.yaml says how many are kept",
          "storage.tsdb.retention",
          "write storage.retention and storage.max_bytes in oriel.yaml");

  /** Of {@code global}, and what they wait for. */
  static final List<String> UNUSED_GLOBAL =
      List.of("query_log_file", "rule_query_offset", "scrape_failure_log_file");

  /** Of {@code global} and of a job: what is not read yet. */
  static final List<String> UNUSED_EVERYWHERE =
      List.of("metric_name_escaping_scheme", "extra_scrape_metrics");

  /** Harmless: set or not, what is stored is the same. */
  static final List<String> HARMLESS = List.of("keep_dropped_targets", "enable_http2", "no_proxy");

  /** Without these a request would go another way than was meant. */
  static final List<String> REFUSED =
      List.of("proxy_url", "proxy_from_environment", "proxy_connect_header", "oauth2");

  /** Ways to find targets, each {@code ..._sd_configs}, that are not there yet. */
  static final List<String> UNUSED_DISCOVERIES =
      List.of(
          "aws",
          "azure",
          "consul",
          "digitalocean",
          "dns",
          "docker",
          "dockerswarm",
          "ec2",
          "ecs",
          "eureka",
          "gce",
          "hetzner",
          "http",
          "ionos",
          "kubernetes",
          "kuma",
          "lightsail",
          "linode",
          "marathon",
          "msk",
          "nerve",
          "nomad",
          "openstack",
          "ovhcloud",
          "puppetdb",
          "scaleway",
          "serverset",
          "stackit",
          "triton",
          "uyuni",
          "vultr");
}
