package io.oriel.collect.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.collect.CollectorFailure;
import io.oriel.model.Clock;
import io.oriel.wire.fetch.Ask;
import io.oriel.wire.fetch.Asker;
import io.oriel.wire.fetch.FetchFailure;
import io.oriel.wire.fetch.PageBuffer;
import io.oriel.wire.fetch.PageClient;
import io.oriel.wire.fetch.PageRequest;
import io.oriel.wire.fetch.PageRoom;
import java.io.IOException;

/**
 * One system that is asked by HTTP, over one connection that is kept. One thread at a time.
 *
 * <p>A round begins by {@link #begin}: while the system does not answer, it is asked less and less
 * often, and in between the last failure is told again.
 */
public final class Peer implements AutoCloseable {
  private static final long MOST_BYTES = 16 << 20;
  private static final int DEEPEST = 64;
  private static final int TOO_MANY = 429;
  private static final long MOST_VALUES = 1_000_000; // some 50 MB where each is an object

  /** What large answers of all systems share: many endless ones at once cost what one does. */
  private static final PageRoom ROOM = PageRoom.inThisHeap(MOST_BYTES);

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxTokenCount(MOST_VALUES)
                      .build())
              .build());

  private final Address address;
  private final String path; // below which the system lives, without a slash at its end
  private final Transport transport;
  private final Clock clock;
  private final BackOff backOff;
  private final PageBuffer buffer = new PageBuffer(ROOM);
  private String contentType = "";
  private boolean isPart; // of the question that is being asked

  /**
   * @param transport is closed with the peer
   */
  public Peer(Address address, Transport transport, Clock clock) {
    this.address = address;
    this.path = path(address);
    this.transport = transport;
    this.clock = clock;
    this.backOff = new BackOff(clock);
  }

  /**
   * A peer that is asked by HTTP.
   *
   * @param timeoutMs for each question, from the name to the last byte
   */
  public static Peer at(Address address, long timeoutMs, Clock clock) {
    var client =
        new PageClient(
            new PageRequest(
                address.base(),
                address.http(),
                "application/json;q=1, text/plain;q=0.9, */*;q=0.1",
                timeoutMs,
                MOST_BYTES,
                "is this the right address? What a collector reads has a fixed limit",
                Asker.COLLECTOR));
    return new Peer(address, new ByConnection(client), clock);
  }

  private record ByConnection(PageClient client) implements Transport {
    @Override
    public String fetch(Ask ask, PageBuffer into) throws FetchFailure, InterruptedException {
      return client.fetch(ask, into);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static String path(Address address) {
    if (address.base().getHost() == null) return "";
    String path = address.base().getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  public Address address() {
    return address;
  }

  /** The time by which it is asked. */
  public Clock clock() {
    return clock;
  }

  /**
   * Begins a round.
   *
   * @throws CollectorFailure the last one, while the system is left in peace
   */
  public void begin() throws CollectorFailure {
    backOff.begin();
  }

  /** The page at a path below the address; read it before the next question. */
  public PageBuffer page(String target) throws CollectorFailure, InterruptedException {
    return fetch(Ask.get(path + target));
  }

  /** Asks where nothing but the status of the answer counts. */
  public void probe(String target) throws CollectorFailure, InterruptedException {
    page(target).trim();
  }

  /** What the last answer said it is: its {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /** The answer at a path below the address. */
  public JsonNode json(String target) throws CollectorFailure, InterruptedException {
    return json(Ask.get(path + target));
  }

  /** The answer to a question with a body. */
  public JsonNode post(String target, String json) throws CollectorFailure, InterruptedException {
    return json(Ask.post(path + target, json));
  }

  /**
   * As {@link #json(String)}, for a part that may be refused or slow while the rest is well: the
   * system is not left in peace because of it.
   */
  public JsonNode jsonOfPart(String target) throws CollectorFailure, InterruptedException {
    isPart = true;
    try {
      return json(target);
    } finally {
      isPart = false;
    }
  }

  private JsonNode json(Ask ask) throws CollectorFailure, InterruptedException {
    PageBuffer page = fetch(ask);
    try {
      JsonNode answer = JSON.readTree(page.bytes(), 0, page.length());
      if (answer.isMissingNode()) throw notJson(ask, "is empty");
      return answer;
    } catch (StreamConstraintsException e) {
      throw notJson(ask, "is larger or nested deeper than any that says something");
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw notJson(ask, "is not JSON from its byte %d on".formatted(at));
    } catch (IOException e) {
      throw notJson(ask, "is not JSON in UTF-8");
    } finally {
      page.trim();
    }
  }

  private CollectorFailure notJson(Ask ask, String reason) {
    return new CollectorFailure(
        "%s: the answer to %s %s".formatted(address.shown(), ask, reason),
        "is this the right address, and no login page before it?");
  }

  private PageBuffer fetch(Ask ask) throws CollectorFailure, InterruptedException {
    try {
      contentType = transport.fetch(ask, buffer);
      backOff.good();
      return buffer;
    } catch (FetchFailure e) {
      buffer.trim();
      var failure = new CollectorFailure(e.happened(), e.remedy(), e.status());
      boolean isThere = e.status() > 0 && e.status() != 401 && e.status() != 403;
      if (isPart) throw failure; // of the system as a whole it says nothing
      if (e.status() == TOO_MANY || e.retryAfterMs() > 0) backOff.pause(failure, e.retryAfterMs());
      else if (isThere) backOff.good(); // what it refuses may be one question only
      else backOff.bad(failure);
      throw failure;
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
