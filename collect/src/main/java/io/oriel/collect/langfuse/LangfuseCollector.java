package io.oriel.collect.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import io.oriel.model.Labels;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one project of a Langfuse by its public API: whether it is up each round, its figures once
 * a minute or less often. In between, and while Langfuse asks for peace, they are told on with
 * their age.
 */
public final class LangfuseCollector implements PeerCollector {
  private static final int TOO_MANY = 429;
  private static final int PATIENT = 2; // answers in an asking that don't come, or are no JSON
  private static final int PROJECT_EACH = 60; // askings: it is seldom given another name

  /** At most 12 questions an asking: the least generous of the documented limits is 15 a minute. */
  private static final long EACH_MS = 60_000;

  /** Langfuse Cloud answers 100 queries of metrics a day, and an asking has up to six. */
  private static final long CLOUD_EACH_MS = 90 * 60_000;

  private static final long LONGEST_MS = 5 * 60_000; // between trials of a refused key

  private final Peer peer;
  private final Api api;
  private final List<Asked> parts =
      Stream.of(
              new Observations(),
              new Traces(),
              new Users(),
              new Newest(),
              Quantiles.ofModels(),
              Quantiles.ofTraces(),
              new Scores())
          .map(Asked::new)
          .toList();
  private final long eachMs;
  private Labels info = Labels.EMPTY;
  private String version = "";
  private String project = "";
  private @Nullable CollectorFailure trouble; // of the last asking
  private int refusals; // in a row
  private int askings;
  private long nextMs;

  /** A part and how it went with it. */
  private static final class Asked {
    final Part part;
    final Labels label;
    long nextMs;
    long atMs = -1; // when it was last answered; -1: never
    String failure = ""; // of the last time

    Asked(Part part) {
      this.part = part;
      this.label = Labels.of("part", part.name());
    }
  }

  /**
   * @param peer is closed with the collector
   */
  public LangfuseCollector(Peer peer) {
    this.peer = peer;
    this.api = new Api(peer);
    this.eachMs = isCloud(peer.address().base().getHost()) ? CLOUD_EACH_MS : EACH_MS;
  }

  private static boolean isCloud(@Nullable String host) {
    return host != null && (host.equals("langfuse.com") || host.endsWith(".langfuse.com"));
  }

  @Override
  public String name() {
    return "langfuse";
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public List<Metric> metrics() {
    return Figures.all();
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.begin();
      health();
      if (peer.clock().millis() >= nextMs) askInTurn();
      else if (trouble != null) throw trouble;
    } catch (CollectorFailure e) {
      if (e.status() != TOO_MANY || parts.stream().allMatch(each -> each.atMs < 0)) {
        out.tell(Figures.UP, e.status() == 0 ? 0 : 1);
        throw Api.advised(e);
      }
      out.failed("rate limit", e.happened() + "; it is left in peace, and its figures are older");
    }
    tell(out);
  }

  /** It needs no key. */
  private void health() throws CollectorFailure, InterruptedException {
    String told = api.json("/api/public/health").path("version").asText("");
    if (told.equals(version) && !info.isEmpty()) return;
    version = told;
    api.dialect(Dialect.of(version));
    info = info();
  }

  private Labels info() {
    return Labels.of("project", project, "version", version);
  }

  /**
   * The trouble of an asking stays until the next: health, which needs no key, says nothing of it.
   */
  private void askInTurn() throws CollectorFailure, InterruptedException {
    long now = peer.clock().millis();
    nextMs = now + eachMs; // also when it fails: a limit counts questions, not answers
    try {
      ask(now);
      trouble = null;
      refusals = 0;
    } catch (CollectorFailure e) {
      trouble = e;
      if (isRefusal(e.status()))
        nextMs = now + Math.min(EACH_MS << Math.min(refusals++, 10), LONGEST_MS);
      throw e;
    }
  }

  private void ask(long now) throws CollectorFailure, InterruptedException {
    if (askings++ % PROJECT_EACH == 0 || project.isEmpty()) project();
    int unread = 0;
    for (Asked each : parts) {
      if (now < each.nextMs) continue;
      each.nextMs = now + Math.max(each.part.eachMs(), eachMs);
      try {
        each.part.ask(api, now);
        each.atMs = now;
        each.failure = "";
      } catch (CollectorFailure e) {
        if (concernsAll(e.status()) || (e.status() == 0 && ++unread == PATIENT)) throw e;
        each.failure = e.happened() + "; " + e.remedy();
      }
    }
  }

  private static boolean concernsAll(int status) {
    return status == TOO_MANY || isRefusal(status);
  }

  private static boolean isRefusal(int status) {
    return status == 401 || status == 403;
  }

  /** Also tells whether the keys are right: version 4 says 404 to many a question before that. */
  private void project() throws CollectorFailure, InterruptedException {
    JsonNode first = api.json("/api/public/projects").path("data").path(0);
    project = first.path("name").asText("");
    info = info();
  }

  private void tell(Readings out) {
    out.tell(Figures.UP, 1);
    out.tell(Figures.INFO, info, 1);
    for (Asked each : parts) {
      if (!each.failure.isEmpty()) out.failed(each.part.name(), each.failure);
      if (each.atMs < 0) continue;
      out.tell(Figures.AGE, each.label, (peer.clock().millis() - each.atMs) / 1000.0);
      each.part.tell(out);
    }
  }
}
