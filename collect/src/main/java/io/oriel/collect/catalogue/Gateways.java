package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.catalogue.Topology.Loose;
import io.oriel.collect.catalogue.Topology.Offered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which server a gateway's name leads to: the one that answers at the address where the gateway
 * asks, if it serves what the gateway asks for there. A name alone never joins: providers offer the
 * same open models that run here.
 */
final class Gateways {
  /** The server behind a gateway's name, and how that was found. */
  record Behind(ModelSighting server, String how) {}

  private final Places places;
  private final Map<String, List<ModelSighting>> serversByPlace = new HashMap<>();
  private final IdentityHashMap<ModelSighting, Behind> behind = new IdentityHashMap<>();
  private final IdentityHashMap<ModelSighting, Set<Offered>> offered = new IdentityHashMap<>();
  private final List<Loose> loose = new ArrayList<>();
  private int names;

  Gateways(Places places, List<ModelSighting> sightings) {
    this.places = places;
    for (ModelSighting each : sightings) {
      if (each.role() != Role.SERVER) continue;
      String place = place(each.first(ModelField.ENDPOINT));
      serversByPlace.computeIfAbsent(place, _ -> new ArrayList<>()).add(each);
    }
    for (ModelSighting each : sightings) {
      if (each.role() == Role.GATEWAY) look(each);
    }
  }

  /** The container behind an address, or else the address itself. */
  private String place(String address) {
    Places.Place place = places.at(address);
    return place == null ? Places.hostAndPort(address) : place.container().id();
  }

  private void look(ModelSighting name) {
    names++;
    Behind found = find(name);
    if (found == null) return;
    behind.put(name, found);
    offered
        .computeIfAbsent(found.server(), _ -> new LinkedHashSet<>())
        .add(new Offered(name.name(), name.first(ModelField.GATEWAY_ENDPOINT), found.how()));
  }

  private @Nullable Behind find(ModelSighting name) {
    String asked = name.first(ModelField.UPSTREAM);
    String address = name.first(ModelField.UPSTREAM_ENDPOINT);
    String unknown = unknown(address, name.first(ModelField.GATEWAY_ENDPOINT));
    if (!unknown.isEmpty()) return none(name, unknown);
    List<ModelSighting> there =
        address.isEmpty() ? List.of() : serversByPlace.getOrDefault(place(address), List.of());
    for (ModelSighting each : there) {
      boolean isIt = asked.isEmpty() ? there.size() == 1 : isSame(asked, each.name());
      if (isIt) return new Behind(each, "it asks %s: %s".formatted(address, how(address, each)));
    }
    for (ModelSighting each : there) {
      if (!isSame(asked, each.first(ModelField.SOURCE))) continue;
      return new Behind(
          each,
          "it asks %s for %s, from which this was loaded there: %s"
              .formatted(address, asked, how(address, each)));
    }
    if (!there.isEmpty()) {
      return none(name, "it asks %s for %s, which is not served there".formatted(address, asked));
    }
    return none(
        name,
        address.isEmpty()
            ? "it does not say where it asks; that a server here has the same name proves nothing"
            : "it asks %s, where no server is read here".formatted(address));
  }

  /**
   * Why nobody here knows where an address leads: it means the gateway's own machine, or the inside
   * of its container, which is this machine only for who has this machine's network.
   */
  private String unknown(String address, String gateway) {
    if (!Places.isOwnMachine(address)) return "";
    Places.Place home = places.at(gateway);
    if (home == null) {
      return Places.isLoopback(gateway)
          ? ""
          : "it asks %s, which is its own machine: whether that is this one is not known of a gateway at %s"
              .formatted(address, gateway.isEmpty() ? "no known address" : gateway);
    }
    boolean isInside = Places.isLoopback(address) && !home.container().networkMode().equals("host");
    return isInside
        ? "it asks %s, which is inside its own container %s: what listens there is not known"
            .formatted(address, home.container().name())
        : "";
  }

  private @Nullable Behind none(ModelSighting name, String reason) {
    loose.add(new Loose("gateway name", name.name(), reason));
    return null;
  }

  private String how(String address, ModelSighting server) {
    Places.Place place = places.at(address);
    if (place == null) return server.name() + " is served there";
    return "that is container %s, since %s".formatted(place.container().name(), place.how());
  }

  /** A gateway may put the provider before the name: {@code hosted_vllm/qwen3-32b}. */
  private static boolean isSame(String asked, String served) {
    return asked.equals(served) || asked.substring(asked.indexOf('/') + 1).equals(served);
  }

  /** The server that a gateway's name leads to; null where none was found. */
  @Nullable Behind behind(ModelSighting name) {
    return behind.get(name);
  }

  /** The names that gateways have for what a server serves. */
  List<Offered> offering(ModelSighting server) {
    return List.copyOf(offered.getOrDefault(server, Set.of()));
  }

  String whyNot() {
    return names == 0 ? "no gateway is read" : "no gateway that is read asks for it";
  }

  List<Loose> loose() {
    return loose;
  }
}
