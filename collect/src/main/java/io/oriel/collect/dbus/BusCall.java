package io.oriel.collect.dbus;

import java.util.List;

/**
 * A method call to a service; its arguments are strings, as those of all reading methods are.
 *
 * @param destination the service: {@code org.freedesktop.systemd1}
 * @param path the object: {@code /org/freedesktop/systemd1}
 */
public record BusCall(
    String destination, String path, String owner, String member, List<String> arguments) {

  public static BusCall of(String destination, String path, String owner, String member) {
    return new BusCall(destination, path, owner, member, List.of());
  }

  /** Asks for one property of an object; the answer is a variant. */
  public static BusCall property(String destination, String path, String owner, String name) {
    return new BusCall(
        destination, path, "org.freedesktop.DBus.Properties", "Get", List.of(owner, name));
  }
}
