package io.oriel.engines.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.http.ShownUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks the engine, reads its answers as they come, and says what is wrong with it. Thread-safe. */
final class EngineClient {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long LOOK_EVERY_MS = 100;
  private static final int MOST_ERROR_BYTES = 64 << 10;
  private static final String QUERY = "/api/v1/query";
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final long LOOK_AGAIN_MS = 2_000;

  private final URI root;
  private final Peer peer;
  private final Clock clock;
  private final Supplier<OutStats> waiting;
  private final Reach reach;
  private final ReentrantLock looking = new ReentrantLock();

  EngineClient(URI root, Peer peer, Clock clock, Supplier<OutStats> waiting) {
    this.root = root;
    this.peer = peer;
    this.clock = clock;
    this.waiting = waiting;
    this.reach = new Reach(clock);
  }

  /** Reads what stands under {@code data} of an answer; the parser is at its first token. */
  interface Reading<T> {
    T read(JsonParser data) throws IOException;
  }

  /** What is beside the data of an answer. */
  record Beside(List<String> warnings, List<String> infos) {}

  /** An answer: what was read of its data, and what stands beside. */
  record Answer<T>(T data, Beside beside) {}

  /** Parameters of a request, in their order. */
  static final class Form {
    private final StringBuilder text = new StringBuilder();

    Form add(String name, String value) {
      if (!text.isEmpty()) text.append('&');
      text.append(URLEncoder.encode(name, UTF_8))
          .append('=')
          .append(URLEncoder.encode(value, UTF_8));
      return this;
    }

    /** Milliseconds as the API's seconds. */
    Form time(String name, long ms) {
      return add(name, seconds(ms));
    }

    static String seconds(long ms) {
      return java.math.BigDecimal.valueOf(ms, 3).toPlainString();
    }
  }

  <T> Answer<T> post(
      String path, Form form, Duration timeout, BooleanSupplier cancelled, Reading<T> reading) {
    return ask(
        path,
        () ->
            HttpRequest.newBuilder(URI.create(address(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.text.toString())),
        timeout,
        cancelled,
        reading);
  }

  <T> Answer<T> get(String path, Form form, Duration timeout, Reading<T> reading) {
    String query = form.text.isEmpty() ? "" : "?" + form.text;
    return ask(
        path,
        () -> HttpRequest.newBuilder(URI.create(address(path) + query)).GET(),
        timeout,
        () -> false,
        reading);
  }

  /**
   * Whether it gives answers; asked by a small question, where nothing was heard of it for a while.
   */
  Optional<Reach.Silence> look() {
    if (reach.isRecent(LOOK_AGAIN_MS) || !looking.tryLock()) return reach.silence();
    try {
      post(QUERY, new Form().add("query", "1"), LOOK, () -> false, JsonParser::skipChildren);
    } catch (Refusal.TimedOut _) {
      reach.isSilent("no answer within %d s".formatted(LOOK.toSeconds()));
    } catch (Refusal _) {
      // written down where it was heard
    } finally {
      looking.unlock();
    }
    return reach.silence();
  }

  private String address(String path) {
    return root.toString().replaceFirst("/+$", "") + path;
  }

  private <T> Answer<T> ask(
      String path,
      Supplier<HttpRequest.Builder> request,
      Duration timeout,
      BooleanSupplier cancelled,
      Reading<T> reading) {
    var watch = new Watch(timeout, cancelled);
    try {
      HttpRequest built = peer.request(request.get()).timeout(timeout).build();
      HttpResponse<InputStream> answer = peer.send(built, BodyHandlers.ofInputStream(), timeout);
      try (InputStream body = answer.body();
          var _ = watch.over(body)) {
        if (answer.statusCode() != 200) throw refusal(path, answer.statusCode(), body);
        Answer<T> read = read(body, reading);
        reach.answered();
        return read;
      }
    } catch (IOException e) {
      if (cancelled.getAsBoolean()) throw new Refusal.Cancelled("query was canceled");
      if (watch.isLate()) throw late(timeout);
      throw unavailable(words(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal.Cancelled("query was canceled: Oriel is closing");
    }
  }

  private static String words(IOException e) {
    if (e instanceof java.net.ConnectException) return "the connection was refused";
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static Refusal late(Duration timeout) {
    return new Refusal.TimedOut(
        "the engine did not answer within %.3f s".formatted(timeout.toMillis() / 1e3),
        "ask for less, or raise limits.query_seconds");
  }

  private static <T> Answer<T> read(InputStream body, Reading<T> reading) throws IOException {
    T data = null;
    var warnings = new ArrayList<String>();
    var infos = new ArrayList<String>();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT)
        throw new IOException("its answer is no JSON");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "data" -> data = reading.read(json);
          case "warnings" -> texts(json, warnings);
          case "infos" -> texts(json, infos);
          default -> json.skipChildren();
        }
      }
    }
    if (data == null) throw new IOException("its answer has no data");
    return new Answer<>(data, new Beside(warnings, infos));
  }

  static void texts(JsonParser json, List<String> into) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) return;
    while (json.nextToken() != JsonToken.END_ARRAY) into.add(json.getValueAsString(""));
  }

  /** What an answer other than 200 means; words of queries are the engine's own. */
  private Refusal refusal(String path, int status, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_ERROR_BYTES);
    String said = error(bytes);
    return switch (status) {
      case 400 -> answered(new Refusal.BadQuery(said));
      case 422 -> answered(new Refusal.QueryFailed(said));
      case 401, 403 -> unavailable("it refuses our credentials: HTTP " + status);
      case 404, 405 -> notKnown(path, status);
      case 429 ->
          answered(
              new Refusal.Unavailable(
                  "the engine is asked too much (" + said + ")", "ask again later"));
      default -> unavailable("HTTP %d: %s".formatted(status, said));
    };
  }

  /** Who does not know queries is no engine; other paths are not known to every one. */
  private Refusal notKnown(String path, int status) {
    if (path.startsWith(QUERY)) {
      return unavailable("it does not know %s: HTTP %d".formatted(path, status));
    }
    return answered(
        new Refusal.NotFound(
            "the metrics engine at %s does not know %s: HTTP %d"
                .formatted(ShownUrl.of(root), path, status),
            "not every engine has all of Prometheus' API; its own pages may tell"));
  }

  private Refusal answered(Refusal refusal) {
    reach.answered();
    return refusal;
  }

  private static String error(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          if (name.equals("error")) return json.getValueAsString("");
          json.skipChildren();
        }
      }
    } catch (IOException _) {
      // no JSON: told as it is
    }
    return new String(body, UTF_8).strip();
  }

  private Refusal unavailable(String why) {
    reach.isSilent(why);
    OutStats queue = waiting.get();
    long sinceMs = reach.silence().map(Reach.Silence::sinceMs).orElseGet(clock::millis);
    if (queue.downSinceMs() > 0) sinceMs = Math.min(sinceMs, queue.downSinceMs());
    return new Refusal.Unavailable(
        "the metrics engine at %s gives no answers since %s (%s); %d of %d bytes are buffered for it"
            .formatted(
                ShownUrl.of(root),
                Instant.ofEpochMilli(sinceMs),
                why,
                queue.pendingBytes(),
                queue.mostBytes()),
        "start it, or check metrics.url; what is buffered goes there by itself");
  }

  /** Closes a body that takes too long, or that nobody waits for any more. */
  private final class Watch {
    private final long deadlineNanos;
    private final BooleanSupplier cancelled;

    Watch(Duration timeout, BooleanSupplier cancelled) {
      this.deadlineNanos = clock.nanos() + timeout.toNanos();
      this.cancelled = cancelled;
    }

    boolean isLate() {
      return clock.nanos() - deadlineNanos >= 0;
    }

    interface Watching extends AutoCloseable {
      @Override
      void close();
    }

    Watching over(InputStream body) {
      Thread watching = Thread.ofVirtual().start(() -> watch(body));
      return watching::interrupt;
    }

    private void watch(InputStream body) {
      try {
        while (!isLate() && !cancelled.getAsBoolean()) {
          clock.sleepUntil(clock.millis() + LOOK_EVERY_MS);
        }
        body.close();
      } catch (InterruptedException | IOException _) { // read to its end
      }
    }
  }
}
