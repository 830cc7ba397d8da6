package io.oriel.simulate;

import io.oriel.collect.peer.Transport;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.wire.fetch.Ask;
import io.oriel.wire.fetch.FetchFailure;
import io.oriel.wire.fetch.PageBuffer;

/** Asks a simulated system without a connection; no credentials are wanted. */
record InProcess(String who, Answering answering) implements Transport {
  @Override
  public String fetch(Ask ask, PageBuffer into) throws FetchFailure {
    String method = ask.json().length > 0 ? "POST" : "GET";
    Answer answer = answering.answer(Question.of(method, ask.target(), "", true, ask.json()));
    if (answer.isNobody()) {
      throw new FetchFailure(who + " refused the connection", "is it running?");
    }
    if (answer.status() != 200) {
      throw new FetchFailure(
          "%s answered %d to %s".formatted(who, answer.status(), ask),
          "see what that system says",
          answer.status());
    }
    into.put(answer.body());
    return answer.contentType();
  }
}
