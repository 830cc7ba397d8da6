package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.Readings;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The models that LiteLLM offers, and where requests for them go. */
final class Deployments {
  private static final long EVERY_MS = TimeUnit.MINUTES.toMillis(5);
  private static final int MOST = 500;

  private record Known(Deployment deployment, Labels labels, Labels info) {}

  private final Inquiry inquiry;
  private final Sighting sighting;
  private List<Known> known = List.of();
  private volatile List<ModelSighting> sightings = List.of();

  Deployments(Peer peer, Clock clock) {
    this.inquiry = new Inquiry(peer, clock, "models", EVERY_MS);
    this.sighting = new Sighting(peer.address().shown());
  }

  Inquiry inquiry() {
    return inquiry;
  }

  /** As of the last good answer. */
  List<Deployment> list() {
    return known.stream().map(Known::deployment).toList();
  }

  /** As the catalogue hears of them; by any thread. */
  List<ModelSighting> sightings() {
    return sightings;
  }

  void tell(Readings out, Database database) throws InterruptedException {
    if (inquiry.isDue()) {
      JsonNode answer = inquiry.ask("/v1/model/info");
      if (answer != null) learn(answer.path("data"));
      else if (inquiry.refusedStatus() > 0) take(List.of()); // we are not to see it any more
    }
    inquiry.tellRefusal(out, database);
    for (Known each : known) tell(each, out);
  }

  private void learn(JsonNode data) {
    var now = new ArrayList<Known>();
    Set<String> ids = new HashSet<>();
    for (JsonNode each : data) {
      Deployment one = Deployment.of(each);
      if (now.size() == MOST || one.model().isEmpty() || !ids.add(one.model() + one.id())) continue;
      Labels labels = Labels.of("model", one.model(), "model_id", one.id());
      Labels.Builder info = labels.toBuilder();
      info.set("upstream", one.upstream()).set("provider", one.provider());
      info.set("endpoint", one.endpoint()).set("mode", one.mode());
      now.add(new Known(one, labels, info.build()));
    }
    take(now);
  }

  private void take(List<Known> now) {
    known = List.copyOf(now);
    sightings = known.stream().map(each -> sighting.of(each.deployment())).toList();
  }

  private static void tell(Known each, Readings out) {
    Deployment one = each.deployment();
    out.tell(Metrics.DEPLOYMENT, each.info(), 1);
    one.inputDollars().ifPresent(v -> out.tell(Metrics.INPUT_PRICE, each.labels(), v));
    one.outputDollars().ifPresent(v -> out.tell(Metrics.OUTPUT_PRICE, each.labels(), v));
    one.maxInputTokens().ifPresent(v -> out.tell(Metrics.MAX_INPUT, each.labels(), v));
    one.maxOutputTokens().ifPresent(v -> out.tell(Metrics.MAX_OUTPUT, each.labels(), v));
  }
}
