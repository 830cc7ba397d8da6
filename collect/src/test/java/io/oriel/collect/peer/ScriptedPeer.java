package io.oriel.collect.peer;

import io.oriel.model.Clock;
import io.oriel.wire.fetch.Ask;
import io.oriel.wire.fetch.FetchFailure;
import io.oriel.wire.fetch.PageBuffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A system that answers each path as a test says; a path it was not told is a 404. */
public final class ScriptedPeer implements Transport {
  private record Answer(int status, String contentType, String body) {}

  private final Map<String, Answer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private boolean gone;

  public ScriptedPeer page(String path, String body) {
    answers.put(path, new Answer(200, "text/plain; version=0.0.4", body));
    return this;
  }

  public ScriptedPeer html(String path, String body) {
    answers.put(path, new Answer(200, "text/html; charset=utf-8", body));
    return this;
  }

  public ScriptedPeer json(String path, String body) {
    answers.put(path, new Answer(200, "application/json", body));
    return this;
  }

  public ScriptedPeer status(String path, int status) {
    answers.put(path, new Answer(status, "", ""));
    return this;
  }

  /** From now on nobody listens there. */
  public void die() {
    gone = true;
  }

  public void live() {
    gone = false;
  }

  /** The questions so far, as {@code GET /path}. */
  public List<String> asked() {
    return asked;
  }

  public Peer at(String address, Clock clock) {
    return new Peer(Address.of(URI.create(address), "a test"), this, clock);
  }

  @Override
  public String fetch(Ask ask, PageBuffer into) throws FetchFailure {
    asked.add(ask.toString());
    if (gone) throw new FetchFailure("gpu1 refused the connection", "is it running?");
    Answer answer = answers.getOrDefault(ask.target(), new Answer(404, "", ""));
    if (answer.status() != 200) {
      throw new FetchFailure("gpu1 answered " + answer.status(), "look there", answer.status());
    }
    into.put(answer.body().getBytes(StandardCharsets.UTF_8));
    return answer.contentType();
  }
}
