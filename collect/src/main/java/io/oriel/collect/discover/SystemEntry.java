package io.oriel.collect.discover;

import io.oriel.collect.peer.Address;
import io.oriel.model.Labels;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.targets.TargetAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An entry of the configuration whose systems are listed elsewhere: what they are, and how each is
 * asked.
 *
 * @param scheme of their addresses, with TLS or without
 */
public record SystemEntry(
    SystemKind kind, String scheme, HttpSettings http, SystemOptions options) {
  /**
   * Why an address of a list can't be asked, and behind a semicolon what to do; empty where it can.
   */
  Optional<String> fault(String address, Map<String, String> labels) {
    String how = labels.getOrDefault("__scheme__", scheme);
    if (!how.equals("http") && !how.equals("https")) {
      return Optional.of("__scheme__ is '%s'; write http or https".formatted(how));
    }
    var fault = TargetAddress.fault(address);
    if (fault.isPresent()) {
      return Optional.of("'%s' %s; write host:port".formatted(address, fault.get()));
    }
    if (URI.create(how + "://" + address).getHost() != null) return Optional.empty();
    return Optional.of(
        "'%s' is no host that a URL can name; write another name of it, or its address"
            .formatted(address));
  }

  /**
   * A system that a list names.
   *
   * @param address host and port without a fault; without a port the kind's own counts
   * @param labels of the list; those with two underscores in front are for the way here only, and
   *     {@code __scheme__} says how it is asked
   */
  FoundSystem at(String address, Map<String, String> labels, String foundBy) {
    boolean hasPort = address.lastIndexOf(':') > address.lastIndexOf(']');
    String place = hasPort ? address : address + ":" + kind.port();
    String how = labels.getOrDefault("__scheme__", scheme);
    var own = new TreeMap<>(labels);
    own.keySet().removeIf(name -> name.startsWith("__"));
    String instance = own.getOrDefault("instance", "");
    own.remove("instance");
    URI base = URI.create(how + "://" + place);
    var found = new Address(base, http, foundBy + ", collectors.systems", instance, Labels.of(own));
    return new FoundSystem(kind, found, options);
  }
}
