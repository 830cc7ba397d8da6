package io.oriel.wire.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How this machine asks the DNS: resolv.conf(5).
 *
 * @param search domains that a short name is looked for in
 * @param dots so many of them make a name a long one
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int dots) {
  private static final int PORT = 53;
  private static final int MOST_SERVERS = 3; // as libc
  private static final int MOST_DOMAINS = 6;
  private static final int MOST_BYTES = 64 << 10;

  /** Without a file, or a server in it, there is one on this machine. */
  static ResolvConf read(Path file) {
    var servers = new ArrayList<InetSocketAddress>();
    List<String> search = List.of();
    int dots = 1;
    for (String line : lines(file)) {
      String[] words = line.strip().split("\\s+");
      if (words.length < 2) continue;
      List<String> values = Arrays.asList(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" -> addServer(values.getFirst(), servers);
        case "search", "domain" ->
            search = List.copyOf(values.subList(0, Math.min(values.size(), MOST_DOMAINS)));
        case "options" -> dots = dots(values, dots);
        default -> {}
      }
    }
    if (servers.isEmpty()) addServer("127.0.0.1", servers);
    return new ResolvConf(List.copyOf(servers), search, dots);
  }

  private static List<String> lines(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void addServer(String text, List<InetSocketAddress> servers) {
    if (servers.size() == MOST_SERVERS) return;
    try {
      servers.add(new InetSocketAddress(InetAddress.ofLiteral(text), PORT));
    } catch (IllegalArgumentException e) {
      // libc passes over what is no address, too
    }
  }

  private static int dots(List<String> options, int otherwise) {
    for (String each : options) {
      if (each.matches("ndots:\\d{1,2}")) return Integer.parseInt(each.substring(6));
    }
    return otherwise;
  }

  /** The names to ask for, one after another, as libc does. */
  List<String> candidates(String name) {
    if (name.endsWith(".")) return List.of(name);
    var names = new ArrayList<String>();
    for (String domain : search) names.add(name + "." + domain);
    boolean isLong = name.chars().filter(c -> c == '.').count() >= dots;
    names.add(isLong ? 0 : names.size(), name);
    return names;
  }
}
