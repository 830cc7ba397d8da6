package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which sightings are of the same model. The rules, one after the other:
 *
 * <ol>
 *   <li>servers that serve it by the same name, unless they loaded it from different repositories;
 *   <li>servers that loaded it from the same repository or the same files (digest);
 *   <li>the repository in a cache that a server loaded it from;
 *   <li>the server that answers where a gateway asks for it;
 *   <li>the container on the map that the server answers from.
 * </ol>
 *
 * Two names that only look alike are two models.
 */
final class Joining {
  private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]{1,96}/[\\w.-]{1,96}");
  private static final Pattern IN_CACHE = Pattern.compile("(?:^|/)models--([^/]+)(?:/|$)");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** A sighting and why it is here; empty of the first. */
  record Member(ModelSighting sighting, String reason) {}

  /** The sightings of one model. */
  record Group(List<Member> members, List<String> notes) {}

  private final List<ModelSighting> all;
  private final int[] parent;
  private final String[] reasons;
  private final IdentityHashMap<ModelSighting, Integer> numbers = new IdentityHashMap<>();
  private final Map<Integer, List<String>> notes = new HashMap<>();

  Joining(List<ModelSighting> all, Topology topology) {
    this.all = all;
    this.parent = new int[all.size()];
    this.reasons = new String[all.size()];
    Arrays.fill(reasons, "");
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
      numbers.put(all.get(i), i);
    }
    byName();
    byOrigin();
    byGateway(topology);
    byMap();
  }

  private void byName() {
    Map<String, Map<String, Integer>> named = new HashMap<>(); // name -> repository -> first
    for (int i = 0; i < parent.length; i++) {
      if (all.get(i).role() != Role.SERVER) continue;
      String name = all.get(i).name();
      String origin = all.get(i).first(ModelField.SOURCE);
      String repository = REPOSITORY.matcher(origin).matches() ? origin : "";
      Map<String, Integer> same = named.computeIfAbsent(name, _ -> new LinkedHashMap<>());
      Integer first = same.get(repository);
      if (first == null && repository.isEmpty() && !same.isEmpty()) {
        first = same.values().iterator().next(); // it does not say what it loaded
      }
      if (first == null) same.put(repository, i);
      else join(first, i, "served by the same name");
    }
    named.forEach(this::noteOthers);
  }

  /** What bears the same name though it was loaded from elsewhere. */
  private void noteOthers(String name, Map<String, Integer> same) {
    if (same.size() < 2) return;
    String origins = String.join(", ", same.keySet().stream().filter(o -> !o.isEmpty()).toList());
    for (int each : same.values()) {
      notes
          .computeIfAbsent(each, _ -> new ArrayList<>())
          .add("servers give the name %s to different models: %s".formatted(name, origins));
    }
  }

  private void byOrigin() {
    Map<String, Integer> byOrigin = new HashMap<>();
    for (Role role : new Role[] {Role.SERVER, Role.STORE}) {
      for (int i = 0; i < parent.length; i++) {
        ModelSighting sighting = all.get(i);
        if (sighting.role() != role) continue;
        String origin = role == Role.STORE ? sighting.name() : origin(sighting);
        if (origin.isEmpty()) continue;
        Integer first = byOrigin.putIfAbsent(origin, i);
        if (first == null) continue;
        join(
            first,
            i,
            role == Role.STORE
                ? "the repository that it was loaded from, %s".formatted(origin)
                : "loaded from the same, %s".formatted(origin));
      }
    }
  }

  /**
   * What a server loaded: a repository, by its id or its folder in a cache; a digest; or a path.
   */
  private static String origin(ModelSighting server) {
    String digest = server.first(ModelField.REVISION);
    if (DIGEST.matcher(digest).matches()) return digest;
    String source = server.first(ModelField.SOURCE);
    Matcher inCache = IN_CACHE.matcher(source);
    return inCache.find() ? inCache.group(1).replaceFirst("--", "/") : source;
  }

  private void byGateway(Topology topology) {
    Map<String, Integer> unknown = new HashMap<>();
    for (int i = 0; i < parent.length; i++) {
      ModelSighting sighting = all.get(i);
      if (sighting.role() != Role.GATEWAY) continue;
      Gateways.Behind behind = topology.gateways().behind(sighting);
      Integer server = behind == null ? null : numbers.get(behind.server());
      if (behind != null && server != null) {
        join(server, i, behind.how());
        continue;
      }
      String asked = sighting.name() + " " + sighting.first(ModelField.UPSTREAM);
      Integer first = unknown.putIfAbsent(asked, i);
      if (first != null) join(first, i, "offered by the same name, and asked for by the same");
    }
  }

  private void byMap() {
    Map<String, Integer> served = new HashMap<>();
    for (int i = 0; i < parent.length; i++) {
      ModelSighting sighting = all.get(i);
      if (sighting.role() == Role.SERVER) served.putIfAbsent(at(sighting), i);
    }
    for (int i = 0; i < parent.length; i++) {
      ModelSighting sighting = all.get(i);
      if (sighting.role() != Role.MAP) continue;
      Integer first = served.putIfAbsent(at(sighting), i);
      if (first != null) join(first, i, "the server answers from that container");
    }
  }

  private static String at(ModelSighting sighting) {
    return sighting.first(ModelField.ENDPOINT) + " " + sighting.name();
  }

  private void join(int one, int other, String reason) {
    int first = root(one);
    int second = root(other);
    if (reasons[other].isEmpty()) reasons[other] = reason;
    if (first != second) parent[Math.max(first, second)] = Math.min(first, second);
  }

  private int root(int of) {
    int at = of;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  List<Group> groups() {
    Map<Integer, Group> groups = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      Group group =
          groups.computeIfAbsent(root(i), _ -> new Group(new ArrayList<>(), new ArrayList<>()));
      group.members().add(new Member(all.get(i), reasons[i]));
      group.notes().addAll(notes.getOrDefault(i, List.of()));
    }
    return List.copyOf(groups.values());
  }
}
