package io.oriel.receive.otlp;

import io.oriel.model.Labels;
import io.oriel.wire.otlp.Scope;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who measured, as labels: job and instance from what identifies a service, what of its attributes
 * was asked for, and the scope.
 */
final class Target {
  private static final String SERVICE = "service.name";
  private static final String NAMESPACE = "service.namespace";
  private static final String INSTANCE = "service.instance.id";
  private static final Set<String> IDENTIFYING = Set.of(SERVICE, NAMESPACE, INSTANCE);

  private final OtlpSettings settings;
  private final Names names;
  private final SortedMap<String, String> resource;
  private final Map<String, String> identity = new TreeMap<>();
  private Map<String, String> scopeLabels = Map.of();

  Target(OtlpSettings settings, Names names, SortedMap<String, String> resource) {
    this.settings = settings;
    this.names = names;
    this.resource = resource;
    String service = resource.get(SERVICE);
    String namespace = resource.get(NAMESPACE);
    String instance = resource.get(INSTANCE);
    if (service != null)
      identity.put("job", namespace == null ? service : namespace + "/" + service);
    if (instance != null) identity.put("instance", instance);
  }

  void scope(Scope scope) {
    if (!settings.promoteScope() || scope.name().isEmpty()) {
      scopeLabels = Map.of();
      return;
    }
    var labels = new TreeMap<String, String>();
    labels.put("otel_scope_name", scope.name());
    labels.put("otel_scope_version", scope.version());
    labels.put("otel_scope_schema_url", scope.schemaUrl());
    scope.attributes().forEach((key, value) -> put(labels, "otel_scope_" + key, value));
    scopeLabels = labels;
  }

  /** The labels of a point, all but the metric's name. */
  Labels.Builder labels(SortedMap<String, String> attributes) {
    var labels = Labels.builder();
    for (var each : attributes.entrySet()) put(labels, each.getKey(), each.getValue());
    for (String promoted : settings.promoted()) {
      String value = resource.get(promoted);
      String name = names.label(promoted);
      if (value != null && !name.isEmpty() && labels.get(name) == null) labels.set(name, value);
    }
    scopeLabels.forEach((name, value) -> set(labels, name, value));
    identity.forEach((name, value) -> set(labels, name, value));
    return labels;
  }

  private static void set(Labels.Builder labels, String name, String value) {
    if (!name.isEmpty()) labels.set(name, value);
  }

  /** Attributes that fall on the same name are joined, in the order of their keys. */
  private void put(Labels.Builder labels, String key, String value) {
    String name = names.label(key);
    if (name.isEmpty()) return;
    String before = labels.get(name);
    labels.set(name, before == null ? value : before + ";" + value);
  }

  private void put(Map<String, String> labels, String key, String value) {
    labels.merge(names.label(key), value, (before, more) -> before + ";" + more);
  }

  /**
   * The series that holds the other attributes; null where there are none, or nobody they are of.
   */
  @org.jspecify.annotations.Nullable Labels info() {
    if (identity.isEmpty()) return null;
    var labels = Labels.builder();
    var all = new TreeMap<String, String>();
    resource.forEach((key, value) -> {
      if (!IDENTIFYING.contains(key)) put(all, key, value);
    });
    if (all.isEmpty()) return null;
    all.putAll(identity);
    all.forEach((name, value) -> {
      if (!name.isEmpty()) labels.set(name, value);
    });
    return labels.set(Labels.NAME, "target_info").build();
  }
}
