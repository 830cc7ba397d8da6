package io.oriel.wire.targets;

import java.util.Optional;
import java.util.regex.Pattern;

/** Host and port of a target, as they are written. */
public final class TargetAddress {
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_.-]+");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?]");
  private static final int HIGHEST_PORT = 65_535;

  private TargetAddress() {}

  /** What is wrong with an address, to follow "it"; empty where nothing is. */
  public static Optional<String> fault(String address) {
    if (address.isEmpty()) return Optional.of("is empty");
    if (address.contains("/")) return Optional.of("is not host and port, it has a slash");
    int colon = address.lastIndexOf(':');
    boolean inBrackets = address.startsWith("[");
    boolean hasPort = colon > address.lastIndexOf(']');
    String host = hasPort ? address.substring(0, colon) : address;
    if (!inBrackets && host.contains(":")) {
      return Optional.of("has several colons; an IPv6 address stands in square brackets");
    }
    if (!(inBrackets ? IPV6 : HOST).matcher(host).matches()) {
      return Optional.of("has no host that a name or an address could be");
    }
    return hasPort ? portFault(address.substring(colon + 1)) : Optional.empty();
  }

  private static Optional<String> portFault(String port) {
    boolean isNumber = port.matches("[0-9]{1,5}");
    if (isNumber && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= HIGHEST_PORT) {
      return Optional.empty();
    }
    return Optional.of("has the port '%s', not one from 1 to %d".formatted(port, HIGHEST_PORT));
  }
}
