package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import io.oriel.wire.remotewrite.RequestBuilder;
import io.oriel.wire.remotewrite.WriteVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** One request to a receiver: its head, and the one place where an answer gets its meaning. */
final class Post {
  private static final long MOST_WAIT_MS = 5 * 60_000;
  private static final String WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
  private static final String WRITTEN_HISTOGRAMS = "X-Prometheus-Remote-Write-Histograms-Written";

  /** Answers that are about the samples; all others below 500 are about address and sender. */
  private static final Set<Integer> OF_CONTENT = Set.of(400, 413, 415, 422);

  private final Destination to;
  private final Peer peer;
  private final Clock clock;
  private final String agent;

  Post(Destination to, Peer peer, Clock clock, String agent) {
    this.to = to;
    this.peer = peer;
    this.clock = clock;
    this.agent = agent;
  }

  Outcome send(RequestBuilder request, byte[] body) throws InterruptedException {
    int expected = request.samples() + request.histograms();
    return send(body, request.version(), expected);
  }

  Outcome send(byte[] body, WriteVersion version, int expected) throws InterruptedException {
    try {
      HttpRequest request =
          peer.request(HttpRequest.newBuilder(to.url()))
              .setHeader("Content-Type", version.contentType())
              .setHeader("Content-Encoding", "snappy")
              .setHeader("X-Prometheus-Remote-Write-Version", version.header())
              .setHeader("User-Agent", agent)
              .timeout(to.timeout())
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      return outcome(peer.send(request, FirstBytes.handler(), to.timeout()), version, expected);
    } catch (IOException e) {
      return new Outcome.Later(words(e), 0);
    }
  }

  private static String words(IOException e) {
    if (e instanceof ConnectException && e.getCause() instanceof UnresolvedAddressException) {
      return "the host's name is not known";
    }
    if (e instanceof ConnectException) return "the connection was refused";
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private Outcome outcome(HttpResponse<String> answer, WriteVersion version, int expected) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) return taken(answer, version, expected);
    String why = "HTTP %d: %s".formatted(status, answer.body().strip());
    if (status == 415 && version == WriteVersion.V2) return new Outcome.OtherVersion(why);
    boolean tooFast = status == 429;
    if (status >= 500 || (tooFast && to.queue().retry429())) {
      return new Outcome.Later(why, waitMs(answer));
    }
    if (!tooFast && to.queue().keepsAll() && !OF_CONTENT.contains(status)) {
      return new Outcome.Later(why, waitMs(answer));
    }
    return new Outcome.Refused("http_" + status, why);
  }

  /** Who speaks 1.0 alone may take a 2.0 message for an empty one and answer with success. */
  private static Outcome taken(HttpResponse<String> answer, WriteVersion version, int expected) {
    if (version == WriteVersion.V1 || expected == 0) return new Outcome.Taken();
    boolean isSaid =
        answer.headers().firstValue(WRITTEN).isPresent()
            || answer.headers().firstValue(WRITTEN_HISTOGRAMS).isPresent();
    if (isSaid) return new Outcome.Taken();
    return new Outcome.Unconfirmed(
        "HTTP %d, and nothing about samples written; a receiver of 1.0 alone does so: set protobuf_message: %s"
            .formatted(answer.statusCode(), WriteVersion.V1.message()));
  }

  /** {@code Retry-After}, in seconds or as a date; bounded, whatever it says. */
  private long waitMs(HttpResponse<String> answer) {
    String said = answer.headers().firstValue("Retry-After").orElse("").strip();
    long wait = 0;
    try {
      if (said.matches("[0-9]{1,9}")) wait = 1000 * Long.parseLong(said);
      else if (!said.isEmpty()) {
        var at = ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME);
        wait = at.toInstant().toEpochMilli() - clock.millis();
      }
    } catch (DateTimeException _) {
      return 0; // it says nothing that can be understood
    }
    return Math.clamp(wait, 0, MOST_WAIT_MS);
  }
}
