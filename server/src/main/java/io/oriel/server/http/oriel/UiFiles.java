package io.oriel.server.http.oriel;

import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.oriel.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the pages, from the class path. Files in {@code assets/} bear a hash in their name
 * and never change; the rest is asked for again each time, and is not sent again when the browser
 * has it. A path without a file is one of the app's own, and gets the app.
 */
public final class UiFiles {
  private static final String FOLDER = "oriel-ui/";
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String NOT_BUILT =
      "<!doctype html><meta charset=\"utf-8\"><title>Oriel</title><p>Oriel is running, and this"
          + " build of it has no pages; build it with ./oriel up, or read the numbers at"
          + " <a href=\"api\">api</a>.";

  /** A way to pack: how {@code Accept-Encoding} tells it, and the ending of the packed file. */
  private record Packing(String encoding, String ending) {}

  private static final List<Packing> PACKINGS = // the smallest first
      List.of(new Packing("br", ".br"), new Packing("gzip", ".gz"));

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", HTML),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("json", Answer.JSON),
          Map.entry("txt", Answer.TEXT),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"));

  private final ClassLoader classes;
  private final String basePath;
  private final Map<String, String> etags =
      new ConcurrentHashMap<>(); // as many as files are shipped
  private byte @Nullable [] index; // with the base path written in; made when first asked for

  private UiFiles(ClassLoader classes, String basePath) {
    this.classes = classes;
    this.basePath = basePath;
  }

  /** The row that comes last: it takes every path that no other has. */
  public static Route route(ClassLoader classes, String basePath) {
    var files = new UiFiles(classes, basePath);
    return Route.get("/**", "Oriel's pages", files::answer);
  }

  private Answer answer(Call call) throws IOException {
    String path = call.path().substring(1);
    if (isPlain(path) && !path.isEmpty() && !path.equals("index.html")) {
      Answer file = file(call, path);
      if (file != null) return file;
    }
    if (!isPage(call, path)) throw Routes.nothingAt(call.path());
    return index(call);
  }

  /** Whether a browser asks for a page, and not a program for data that is not there. */
  private static boolean isPage(Call call, String path) {
    if (path.startsWith("api/") || path.startsWith("-/") || path.startsWith("assets/"))
      return false;
    return path.isEmpty()
        || path.equals("index.html")
        || call.header("Accept").filter(accept -> accept.contains("text/html")).isPresent();
  }

  private static boolean isPlain(String path) {
    return Arrays.stream(path.split("/", -1))
        .noneMatch(part -> part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0);
  }

  private @Nullable Answer file(Call call, String path) throws IOException {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || classes.getResource(FOLDER + path) == null) return null;
    if (path.startsWith("assets/")) {
      return packed(call, path, type).with("Cache-Control", FOREVER);
    }
    String etag = etags.get(path);
    if (etag == null) {
      etag = '"' + Etag.of(read(path)) + '"';
      etags.put(path, etag);
    }
    Answer answer = Etag.matches(call, etag) ? Answer.empty(304) : packed(call, path, type);
    return answer.with("ETag", etag).with("Cache-Control", "no-cache");
  }

  private Answer packed(Call call, String path, String type) throws IOException {
    String accepted = call.header("Accept-Encoding").orElse("");
    for (Packing packing : PACKINGS) {
      String file = path + packing.ending();
      if (accepted.contains(packing.encoding()) && classes.getResource(FOLDER + file) != null) {
        return Answer.bytes(200, type, read(file))
            .with("Content-Encoding", packing.encoding())
            .with("Vary", "Accept-Encoding");
      }
    }
    return Answer.bytes(200, type, read(path)).with("Vary", "Accept-Encoding");
  }

  private byte[] read(String path) throws IOException {
    try (InputStream in = classes.getResourceAsStream(FOLDER + path)) {
      if (in == null) throw new IOException("gone from the class path: " + FOLDER + path);
      return in.readAllBytes();
    }
  }

  private Answer index(Call call) throws IOException {
    byte[] page = page();
    String etag = '"' + Etag.of(page) + '"';
    Answer answer = Etag.matches(call, etag) ? Answer.empty(304) : Answer.bytes(200, HTML, page);
    return answer.with("ETag", etag).with("Cache-Control", "no-cache");
  }

  /** The app, told where its root is, so that its relative links hold at every depth. */
  private synchronized byte[] page() throws IOException {
    if (index == null) {
      if (classes.getResource(FOLDER + "index.html") == null) {
        return NOT_BUILT.getBytes(StandardCharsets.UTF_8);
      }
      String html = new String(read("index.html"), StandardCharsets.UTF_8);
      String base = "<head><base href=\"" + basePath + "/\">";
      index = html.replace("<head>", base).getBytes(StandardCharsets.UTF_8);
    }
    return index;
  }
}
