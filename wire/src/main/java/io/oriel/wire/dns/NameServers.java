package io.oriel.wire.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.naming.CommunicationException;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks name servers, the next one where one does not answer. An answer is bounded by the protocol:
 * 64 KiB. Thread-safe; a question holds the thread for some seconds at most for each server.
 */
public final class NameServers {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final Duration FIRST = Duration.ofSeconds(1); // then once more, twice as long
  private static final int TIMES = 2;
  private static final int MOST_RECORDS = 1000;

  private final Supplier<ResolvConf> conf;
  private final Duration first;

  private NameServers(Supplier<ResolvConf> conf, Duration first) {
    this.conf = conf;
    this.first = first;
  }

  /** Those of this machine, as {@code /etc/resolv.conf} has them at the time of each question. */
  public static NameServers ofMachine() {
    return of(RESOLV_CONF);
  }

  static NameServers of(Path resolvConf) {
    return new NameServers(() -> ResolvConf.read(resolvConf), FIRST);
  }

  /**
   * These, and no others.
   *
   * @param search domains that a short name is looked for in
   * @param first how long an answer is waited for; at the second try twice as long
   */
  public static NameServers at(
      List<InetSocketAddress> servers, List<String> search, Duration first) {
    var fixed = new ResolvConf(List.copyOf(servers), List.copyOf(search), 1);
    return new NameServers(() -> fixed, first);
  }

  /**
   * The hosts that a name's records name, sorted; empty where the DNS knows no such name, or none
   * of its records is of that type. A short name is looked for in the search domains.
   *
   * @throws DnsFailure when nobody could say
   */
  public List<NamedHost> ask(String name, RecordType type) throws DnsFailure {
    ResolvConf now = conf.get();
    String failed = null;
    for (String each : now.candidates(name)) {
      try {
        return records(each, type, now.servers());
      } catch (NameNotFoundException e) {
        // another domain may have it
      } catch (CommunicationException e) {
        throw failure(name, type, "no name server answered", now);
      } catch (NoInitialContextException e) {
        throw new DnsFailure(
            "this Java has no client for the DNS",
            "run Oriel on one with the module jdk.naming.dns");
      } catch (NamingException e) {
        failed = words(e);
      }
    }
    if (failed != null) throw failure(name, type, failed, now);
    return List.of();
  }

  private static DnsFailure failure(
      String name, RecordType type, String happened, ResolvConf asked) {
    String servers =
        asked.servers().stream()
            .map(each -> each.getAddress().getHostAddress() + ":" + each.getPort())
            .collect(Collectors.joining(", "));
    return new DnsFailure(
        "%s %s: %s (asked: %s)".formatted(type, name, happened, servers),
        "see that these name servers run and know the name: dig %s %s".formatted(type, name));
  }

  /** The JDK's own words bear the response code: {@code DNS server failure [response code 2]}. */
  private static String words(NamingException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  @SuppressWarnings("BanJNDI") // its client for the DNS makes texts of records, no objects
  private List<NamedHost> records(String name, RecordType type, List<InetSocketAddress> servers)
      throws NamingException {
    var context = new InitialDirContext(settings(servers));
    try {
      String[] types = {type.name()};
      Attribute found = context.getAttributes(new CompositeName().add(name), types).get(types[0]);
      return found == null ? List.of() : hosts(found, type);
    } finally {
      context.close();
    }
  }

  @SuppressWarnings("JdkObsolete") // JNDI asks for this class
  private Hashtable<String, String> settings(List<InetSocketAddress> servers) {
    var settings = new Hashtable<String, String>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(
        Context.PROVIDER_URL,
        servers.stream().map(NameServers::url).collect(Collectors.joining(" ")));
    settings.put("com.sun.jndi.dns.timeout.initial", Long.toString(first.toMillis()));
    settings.put("com.sun.jndi.dns.timeout.retries", Integer.toString(TIMES));
    return settings;
  }

  private static String url(InetSocketAddress server) {
    String host = server.getAddress().getHostAddress();
    return "dns://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
  }

  private static List<NamedHost> hosts(Attribute found, RecordType type) throws NamingException {
    var hosts = new ArrayList<NamedHost>();
    NamingEnumeration<?> each = found.getAll();
    while (each.hasMore() && hosts.size() < MOST_RECORDS) {
      String data = String.valueOf(each.next());
      NamedHost host = type == RecordType.SRV ? service(data) : address(data);
      if (host != null) hosts.add(host);
    }
    hosts.sort(Comparator.comparing(NamedHost::host).thenComparingInt(NamedHost::port));
    return List.copyOf(hosts);
  }

  private static @Nullable NamedHost address(String data) {
    try {
      return new NamedHost(InetAddress.ofLiteral(data).getHostAddress(), 0);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Of "priority weight port target"; a target that is the root says that there is no service. */
  private static @Nullable NamedHost service(String data) {
    String[] parts = data.split(" ", 4);
    if (parts.length < 4 || !parts[2].matches("\\d{1,5}")) return null;
    String host = parts[3].endsWith(".") ? parts[3].substring(0, parts[3].length() - 1) : parts[3];
    return host.isEmpty() ? null : new NamedHost(host, Integer.parseInt(parts[2]));
  }
}
