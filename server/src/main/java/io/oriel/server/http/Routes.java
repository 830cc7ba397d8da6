package io.oriel.server.http;

import io.oriel.model.limit.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of routes and how a path is looked up in it. The first row that fits is taken. */
public final class Routes {
  private static final int MOST_SHOWN = 200;
  private static final Set<String> PUSHES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** A path that fits a row, with what stands in its named segments. */
  record Match(Route route, Map<String, String> segments) {}

  private final List<Route> all;
  private final Map<String, List<Route>> plain = new HashMap<>(); // without {name}: one look-up
  private final List<Pattern> patterns = new ArrayList<>();

  /** A row whose path has {@code {name}} or {@code **}, with the segments of that path. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pattern(Route route, String[] segments) {}

  public Routes(List<Route> routes) {
    var rows = new ArrayList<>(routes);
    rows.add(Route.get("/api", "This list", _ -> list()));
    this.all = List.copyOf(rows);
    for (Route route : all) {
      if (route.path().contains("{") || route.path().endsWith("**")) {
        patterns.add(new Pattern(route, route.path().split("/", -1)));
      } else {
        plain.computeIfAbsent(route.path(), _ -> new ArrayList<>()).add(route);
      }
    }
  }

  /**
   * The row for a request.
   *
   * @throws Refusal.NotFound when no row has the path
   * @throws WrongMethod when one has it, with other methods
   */
  Match find(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    var offered = new ArrayList<String>();
    for (Route route : plain.getOrDefault(path, List.of())) {
      if (route.methods().contains(asked)) return new Match(route, Map.of());
      offered.addAll(route.methods());
    }
    String[] have = path.split("/", -1);
    for (Pattern pattern : patterns) {
      Map<String, String> segments = fit(pattern.segments(), have);
      if (segments == null) continue;
      Route route = pattern.route();
      boolean catchAll = route.path().endsWith("**");
      if (catchAll && !offered.isEmpty()) break; // it hides no 405
      if (route.methods().contains(asked)) return new Match(route, segments);
      if (!catchAll || isNoPush(method, path)) offered.addAll(route.methods());
    }
    if (!offered.isEmpty()) throw new WrongMethod(method, path, offered);
    throw nothingAt(path);
  }

  /** A push to where nothing takes it learns that, not that a page could be read there. */
  private static boolean isNoPush(String method, String path) {
    return path.equals("/") || !PUSHES.contains(method);
  }

  /** How errors are told at a path, before it is known whether anything is served there. */
  ErrorForm errorForm(String path) {
    List<Route> rows = plain.getOrDefault(path, List.of());
    return rows.isEmpty() ? ErrorForm.JSON : rows.getFirst().errors();
  }

  /** The refusal of a path that is not served. */
  public static Refusal.NotFound nothingAt(String path) {
    return new Refusal.NotFound(
        "there is nothing at " + shortened(path), "GET /api lists what is served here");
  }

  /** So much of a path as a sentence can bear; a request may have 60 KB of it. */
  private static String shortened(String path) {
    return path.length() <= MOST_SHOWN ? path : path.substring(0, MOST_SHOWN) + "...";
  }

  /** The named segments of a path, null when it does not fit the pattern. */
  private static @Nullable Map<String, String> fit(String[] want, String[] have) {
    var segments = new HashMap<String, String>();
    for (int i = 0; i < want.length; i++) {
      if (want[i].equals("**")) return segments;
      if (i >= have.length) return null;
      if (want[i].startsWith("{") && !have[i].isEmpty()) {
        segments.put(want[i].substring(1, want[i].length() - 1), have[i]);
      } else if (!want[i].equals(have[i])) {
        return null;
      }
    }
    return want.length == have.length ? segments : null;
  }

  private Answer list() {
    return Answer.json(out -> {
      out.array();
      for (Route route : all) {
        out.object()
            .field("methods", String.join(", ", route.methods()))
            .field("path", route.path())
            .field("doc", route.doc())
            .end();
      }
      out.end();
    });
  }

  /** The path is served, and not by this method. */
  static final class WrongMethod extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String allow;

    WrongMethod(String method, String path, List<String> offered) {
      super(
          "%s is not offered at %s; ask with %s"
              .formatted(method, shortened(path), String.join(" or ", offered)),
          null,
          false,
          false);
      this.allow = String.join(", ", offered);
    }

    String allow() {
      return allow;
    }
  }
}
