package io.oriel.scrape.discover;

import io.oriel.model.Labels;
import io.oriel.scrape.config.ScrapeConfig;
import io.oriel.wire.targets.TargetAddress;
import io.oriel.wire.yaml.PrometheusDuration;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Completes, relabels and checks the labels of one address: it becomes a target or says why not.
 */
final class TargetLabels {
  private static final String ADDRESS = "__address__";
  private static final String SCHEME = "__scheme__";
  private static final String PATH = "__metrics_path__";
  private static final String INTERVAL = "__scrape_interval__";
  private static final String TIMEOUT = "__scrape_timeout__";
  private static final String PARAM = "__param_";

  /** Why there is no target; the message is the reason. */
  static final class NotATarget extends Exception {
    private static final long serialVersionUID = 1;

    NotATarget(String reason) {
      super(reason, null, false, false);
    }
  }

  private final ScrapeConfig config;

  TargetLabels(ScrapeConfig config) {
    this.config = config;
  }

  /** The labels before relabelling: what was found, and the defaults of the job. */
  Map<String, String> discovered(String address, Map<String, String> group) {
    var labels = new TreeMap<>(group);
    labels.put(ADDRESS, address);
    labels.putIfAbsent("job", config.jobName());
    labels.putIfAbsent(SCHEME, config.scheme());
    labels.putIfAbsent(PATH, config.metricsPath());
    labels.putIfAbsent(INTERVAL, PrometheusDuration.format(Duration.ofMillis(config.intervalMs())));
    labels.putIfAbsent(TIMEOUT, PrometheusDuration.format(Duration.ofMillis(config.timeoutMs())));
    config
        .params()
        .forEach((name, values) ->
            values.stream()
                .findFirst()
                .ifPresent(value -> labels.putIfAbsent(PARAM + name, value)));
    return labels;
  }

  Target target(Map<String, String> discovered, String foundBy) throws NotATarget {
    var labels = new TreeMap<>(discovered);
    var dropped = config.relabeling().droppedBy(labels);
    if (dropped.isPresent()) throw new NotATarget(dropped.get());
    String address = labels.getOrDefault(ADDRESS, "");
    if (address.isEmpty()) throw new NotATarget("there is no __address__ after relabelling");
    if (address.contains("/")) {
      throw new NotATarget(
          "'%s' is not host and port; the path belongs into metrics_path".formatted(address));
    }
    var fault = TargetAddress.fault(address);
    if (fault.isPresent()) throw new NotATarget("'%s' %s".formatted(address, fault.get()));
    long interval = length(labels, INTERVAL);
    long timeout = length(labels, TIMEOUT);
    if (timeout > interval) {
      throw new NotATarget("its timeout is longer than its interval after relabelling");
    }
    URI uri = uri(labels, address);
    labels.putIfAbsent("instance", address);
    labels.keySet().removeIf(name -> name.startsWith("__"));
    return new Target(
        config.jobName(),
        uri,
        Labels.of(labels),
        interval,
        timeout,
        config.settings(),
        discovered,
        foundBy);
  }

  private static long length(Map<String, String> labels, String name) throws NotATarget {
    String text = labels.getOrDefault(name, "");
    try {
      long ms = PrometheusDuration.parse(text).toMillis();
      if (ms > 0) return ms;
    } catch (IllegalArgumentException e) {
      throw new NotATarget("%s is '%s', not a duration".formatted(name, text));
    }
    throw new NotATarget("%s is 0".formatted(name));
  }

  private URI uri(Map<String, String> labels, String address) throws NotATarget {
    String scheme = labels.getOrDefault(SCHEME, "http");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new NotATarget("__scheme__ is '%s'; http and https are known".formatted(scheme));
    }
    String path = labels.getOrDefault(PATH, "/metrics");
    String query = query(labels);
    String text = scheme + "://" + address + (path.startsWith("/") ? "" : "/") + path;
    try {
      var uri = new URI(query.isEmpty() ? text : text + (path.contains("?") ? "&" : "?") + query);
      if (uri.getHost() == null) throw new NotATarget("'%s' is not a host".formatted(address));
      return uri;
    } catch (URISyntaxException e) {
      throw new NotATarget("'%s' is not a URL".formatted(text));
    }
  }

  /** The job's parameters, whose first values relabelling may have changed; sorted by name. */
  private String query(Map<String, String> labels) {
    var params = new TreeMap<String, List<String>>();
    config.params().forEach((name, values) -> params.put(name, new ArrayList<>(values)));
    labels.forEach((label, value) -> {
      if (!label.startsWith(PARAM)) return;
      List<String> values =
          params.computeIfAbsent(label.substring(PARAM.length()), name -> new ArrayList<>());
      if (values.isEmpty()) values.add(value);
      else values.set(0, value);
    });
    var parts = new ArrayList<String>();
    params.forEach(
        (name, values) -> values.forEach(value -> parts.add(encoded(name) + "=" + encoded(value))));
    return String.join("&", parts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
