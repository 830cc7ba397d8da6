package io.oriel.server.http;

import io.oriel.model.limit.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Under which names Oriel answers, and whose pages may ask it for a change.
 *
 * <p>A browser lends its place to every page: a foreign page may post to this machine, and one
 * whose name was made to point here (DNS rebinding) may even read. So a listener on loopback
 * answers to loopback's own names and to those of {@code listen.hosts} alone, and a change is made
 * for a page of this host or of {@code listen.origins} alone. Programs that are no browser send
 * neither header and are not touched.
 */
public final class Sites {
  /** Loopback's own names, and pages of the host that was asked. */
  public static final Sites OWN_ALONE = new Sites(List.of(), List.of());

  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|::1");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-f:.%]*:.*");
  private static final String FETCH_SITE = "Sec-Fetch-Site"; // a page can't write it
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final Set<String> hosts = new TreeSet<>();
  private final Set<String> origins = new TreeSet<>();

  /**
   * @param hosts names that a proxy or a browser may ask for beside loopback's own
   * @param origins pages that may ask for changes: {@code https://oriel.example}
   */
  public Sites(List<String> hosts, List<String> origins) {
    for (String host : hosts) this.hosts.add(bare(host));
    for (String origin : origins) this.origins.add(origin.toLowerCase(Locale.ROOT));
  }

  /**
   * Refuses a request that asks for another host's name.
   *
   * @param host as the request has it, without port; null where it has none (HTTP/1.0)
   * @param address where it came in
   */
  void checkHost(@Nullable String host, @Nullable InetAddress address) {
    boolean here = address != null && address.isLoopbackAddress();
    if (host == null || host.isEmpty() || (!here && hosts.isEmpty())) return;
    String name = bare(host);
    boolean known = hosts.contains(name) || name.equals("localhost");
    boolean number = (here ? LOOPBACK : ADDRESS).matcher(name).matches(); // no name to rebind
    if (known || number) return;
    throw new Refusal.Denied(
        "Oriel does not answer under the name " + shortened(name),
        "ask for localhost or 127.0.0.1, or add the name to listen.hosts");
  }

  /** Refuses a change that a page of another site asks for. */
  void checkOrigin(HttpFields headers, @Nullable String authority) {
    String site = headers.get(FETCH_SITE);
    String origin = headers.get("Origin");
    boolean own =
        site == null
            ? origin == null || isOf(origin, authority, headers.get("X-Forwarded-Host"))
            : OWN.contains(site);
    if (own || (origin != null && origins.contains(origin.toLowerCase(Locale.ROOT)))) return;
    throw new Refusal.Denied(
        "a page of another site (%s) asked for a change"
            .formatted(origin == null ? site : shortened(origin)),
        "ask from Oriel's own pages or with curl, or add the site to listen.origins");
  }

  private static String first(String list) {
    int comma = list.indexOf(',');
    return comma < 0 ? list : list.substring(0, comma);
  }

  /** A proxy tells by which name it was asked; a foreign page can't add that header unasked. */
  private static boolean isOf(String origin, @Nullable String host, @Nullable String forwarded) {
    return isOf(origin, host) || (forwarded != null && isOf(origin, first(forwarded)));
  }

  private static boolean isOf(String origin, @Nullable String authority) {
    if (authority == null) return false;
    try {
      URI page = URI.create(origin);
      URI here = URI.create("any://" + authority.strip());
      if (page.getHost() == null || here.getHost() == null) return false;
      return page.getHost().equalsIgnoreCase(here.getHost()) && port(page) == port(here, page);
    } catch (IllegalArgumentException _) {
      return false; // "null", as pages without an origin of their own send it
    }
  }

  private static int port(URI page) {
    if (page.getPort() > 0) return page.getPort();
    return "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
  }

  /** Without a port the scheme's own: behind a proxy that ends TLS, the page knows which. */
  private static int port(URI here, URI page) {
    if (here.getPort() > 0) return here.getPort();
    return "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
  }

  private static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) name = name.substring(1, name.length() - 1);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
