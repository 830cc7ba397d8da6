package io.oriel.collect.container;

import io.oriel.collect.peer.Address;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import io.oriel.wire.http.TlsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the daemons of containers listen on this machine, in the order in which they are tried. */
public final class Sockets {
  private static final int MOST_USERS = 64;
  private static final String UNIX = "unix://";
  private static final String TCP = "tcp://";

  private final Map<String, String> environment;
  private final Path root;

  /**
   * @param environment for {@code DOCKER_HOST}, {@code DOCKER_CERT_PATH} and {@code
   *     XDG_RUNTIME_DIR}
   * @param root below which the host's {@code /run} lies
   */
  public Sockets(Map<String, String> environment, Path root) {
    this.environment = environment;
    this.root = root;
  }

  /** Null where there is none. */
  public @Nullable Address find() {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    Address told = host.isEmpty() ? null : address(host, "DOCKER_HOST");
    if (told != null) return told;
    for (Path each : places()) {
      if (Files.exists(each)) return Address.of(URI.create(UNIX + each), "found at " + each);
    }
    return null;
  }

  private List<Path> places() {
    var places = new ArrayList<Path>();
    List<Path> users = users();
    places.add(root.resolve("var/run/docker.sock"));
    places.add(root.resolve("run/docker.sock"));
    for (Path user : users) places.add(user.resolve("docker.sock"));
    places.add(root.resolve("run/podman/podman.sock"));
    for (Path user : users) places.add(user.resolve("podman/podman.sock"));
    return places;
  }

  /** Folders of users that run daemons of their own: ours first. */
  private List<Path> users() {
    var users = new ArrayList<Path>();
    String own = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (own.startsWith("/")) users.add(root.resolve(own.substring(1)));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve("run/user"))) {
      for (Path each : all) {
        if (users.size() < MOST_USERS) users.add(each);
      }
    } catch (IOException e) {
      // no such users here
    }
    return users;
  }

  /**
   * A daemon whose address a person wrote, with the certificates that Docker's own tools would
   * take: {@code ca.pem}, {@code cert.pem} and {@code key.pem} of the folder in {@code
   * DOCKER_CERT_PATH}. Null for a scheme that is not spoken, as {@code ssh}.
   */
  public @Nullable Address address(String host, String foundBy) {
    URI uri = uri(host);
    if (uri == null) return null;
    String folder = environment.getOrDefault("DOCKER_CERT_PATH", "");
    boolean isTls = host.startsWith(TCP) && !folder.isEmpty();
    if (isTls && "http".equals(uri.getScheme())) {
      uri = URI.create("https" + uri.toString().substring("http".length()));
    }
    return folder.isEmpty() || !"https".equals(uri.getScheme())
        ? Address.of(uri, foundBy)
        : new Address(uri, certificates(Path.of(folder)), foundBy);
  }

  private static HttpSettings certificates(Path folder) {
    TlsSettings normal = TlsSettings.NORMAL;
    var tls =
        new TlsSettings(
            new Secret("", folder.resolve("ca.pem")),
            new Secret("", folder.resolve("cert.pem")),
            new Secret("", folder.resolve("key.pem")),
            "",
            false,
            normal.minVersion(),
            normal.maxVersion());
    return new HttpSettings(new Credentials.None(), tls, Map.of(), false, true);
  }

  /**
   * What Docker's tools write, as an address: {@code unix:///run/docker.sock}, {@code
   * tcp://gpu1:2376} (TLS by that port), {@code http://gpu1:2375}. Null for another scheme, as
   * {@code ssh}.
   */
  static @Nullable URI uri(String host) {
    try {
      if (host.startsWith(UNIX + "/")) return URI.create(host);
      if (host.startsWith(TCP)) {
        String scheme = host.endsWith(":2376") ? "https://" : "http://";
        return URI.create(scheme + host.substring(TCP.length()));
      }
      return host.startsWith("http://") || host.startsWith("https://") ? URI.create(host) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
