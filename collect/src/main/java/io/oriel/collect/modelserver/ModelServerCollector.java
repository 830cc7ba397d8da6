package io.oriel.collect.modelserver;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSource;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import io.oriel.collect.vocabulary.ModelMetric;
import io.oriel.collect.vocabulary.Translation;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * One server of models: its page as it is, and over it the vocabulary that all servers share.
 *
 * <p>A server that stops answering has its models {@code oriel_model_up 0}, by the names it told
 * last; before it ever answered nothing is known of its models, and nothing is told.
 */
public final class ModelServerCollector implements PeerCollector, ModelSource {
  private static final int FACTS_EACH = 20; // rounds: a model is not changed without a restart

  /** A model with the labels that its series bear; kept, so that a round makes none. */
  private record Known(ServedModel model, Labels labels, Labels info) {}

  private final Engine engine;
  private final Peer peer;
  private final NativePage page;
  private final Translation translation;
  private final SleepState sleep = new SleepState();
  private final States states = new States();
  private List<Known> models = List.of();
  private volatile List<ModelSighting> sightings = List.of();
  private String sightedState = "";
  private Facts facts = Facts.NONE;
  private int rounds;
  private boolean wasUp;

  /**
   * @param peer is closed with the collector
   * @param path of its page: {@code /metrics}
   */
  public ModelServerCollector(Engine engine, Peer peer, String path) {
    this.engine = engine;
    this.peer = peer;
    this.page = new NativePage(peer, path);
    this.translation = new Translation(engine.label(), engine.modelLabel(), engine.rules());
  }

  @Override
  public String name() {
    return engine.label();
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public List<Metric> metrics() {
    return ModelMetric.all();
  }

  /** The models that it serves, as of its last good answer, and how they stand since. */
  @Override
  public List<ModelSighting> models() {
    return sightings;
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.begin();
      if (!wasUp || ++rounds % FACTS_EACH == 0) learn();
      read(out);
      wasUp = true;
    } catch (CollectorFailure e) {
      wasUp = false;
      sight(ModelSighting.UNREACHABLE);
      for (Known each : models) out.tell(ModelMetric.UP.metric(), each.labels(), 0);
      throw e;
    }
  }

  private void learn() throws InterruptedException {
    Facts now = Facts.ask(engine, peer);
    if (now.equals(facts) || (now.models().isEmpty() && !models.isEmpty())) return;
    facts = now;
    sightedState = "";
    var known = new ArrayList<Known>();
    for (ServedModel model : now.models()) {
      Labels of = Labels.of("engine", engine.label(), "model", model.name());
      Labels.Builder info = of.toBuilder();
      if (!now.version().isEmpty()) info.set("version", now.version());
      if (!model.root().isEmpty()) info.set("root", model.root());
      if (model.longestContext() > 0) info.set("max_context", "" + model.longestContext());
      known.add(new Known(model, of, info.build()));
    }
    models = List.copyOf(known);
  }

  private void read(Readings out) throws CollectorFailure, InterruptedException {
    translation.begin(models.isEmpty() ? "" : models.getFirst().model().name());
    sleep.begin();
    page.read(
        out,
        series -> {
          translation.sample(series);
          sleep.sample(series);
        });
    int told = translation.tell(out);
    if (told == 0) {
      out.failed(
          "metrics",
          "%s answers, but with none of %s's metrics; %s"
              .formatted(where(), engine.label(), engine.remedy()));
    }
    String state = state();
    sight(state);
    boolean serves = !state.equals(engine.unhealthy()) || state.isEmpty();
    for (Known each : models) {
      out.tell(ModelMetric.UP.metric(), each.labels(), serves ? 1 : 0);
      out.tell(ModelMetric.INFO.metric(), each.info(), 1);
      out.tell(ModelMetric.STATE.metric(), states.of(each.labels(), state), 1);
    }
  }

  private void sight(String state) {
    if (state.equals(sightedState)) return;
    sightedState = state;
    var sighting = new Sighting(engine, where());
    String version = facts.version();
    sightings = facts.models().stream().map(model -> sighting.of(model, version, state)).toList();
  }

  /** An engine may be dead while the server before it still answers. */
  private String state() throws CollectorFailure, InterruptedException {
    if (!engine.health().isEmpty()) {
      try {
        peer.probe(engine.health());
      } catch (CollectorFailure e) {
        if (e.status() == 503) return engine.unhealthy();
        if (e.status() == 0) throw e;
      }
    }
    return sleep.isAsleep() ? "sleeping" : "ready";
  }
}
