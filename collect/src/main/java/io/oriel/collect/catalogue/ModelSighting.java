package io.oriel.collect.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * One model as one source sees it, in one place: a model that two servers serve is two sightings,
 * and so is a gateway's name with two deployments behind it.
 *
 * <p>Of a {@link Role#GATEWAY} the name is the one it offers; {@link ModelField#UPSTREAM} and
 * {@link ModelField#UPSTREAM_ENDPOINT} say what it asks where, and by them it is joined to its
 * server.
 *
 * @param role what the source is to the model
 * @param name what the source calls it: the name that callers use, an id of a repository
 * @param source who says so, in words: {@code vLLM http://gpu1:8000 /v1/models}
 */
public record ModelSighting(Role role, String name, String source, List<ModelFact> facts) {

  /** What a source is to a model. */
  public enum Role {
    /** It loads the model and answers: vLLM, Ollama. */
    SERVER,
    /** It passes requests on to servers: LiteLLM. */
    GATEWAY,
    /** It holds the model's files: a cache of Hugging Face. */
    STORE,
    /** It sees from outside who runs what: the map from GPU to model. */
    MAP
  }

  /** The state of a model whose server does not answer. */
  public static final String UNREACHABLE = "unreachable";

  public ModelSighting {
    facts = List.copyOf(facts);
  }

  /**
   * Begins a sighting.
   *
   * @param source in words, of the facts that name no other: {@code vLLM http://gpu1:8000
   *     /v1/models}
   */
  public static Telling of(Role role, String name, String source) {
    return new Telling(role, name, source);
  }

  /** What it says of a field, the first; empty where it says nothing. */
  public String first(ModelField field) {
    for (ModelFact each : facts) {
      if (each.field() == field) return each.value();
    }
    return "";
  }

  /** The same with a system that no longer answers: how the model stands there is not known. */
  public ModelSighting unreachable() {
    var left = new ArrayList<ModelFact>();
    for (ModelFact each : facts) {
      switch (each.field()) {
        case STATE -> left.add(new ModelFact(ModelField.STATE, UNREACHABLE, each.source()));
        case MEMORY, GPU_MEMORY -> {} // nobody knows
        default -> left.add(each);
      }
    }
    return new ModelSighting(role, name, source, left);
  }

  /** Gathers what a source knows. What says nothing is left out: an empty text, a size of 0. */
  public static final class Telling {
    private final Role role;
    private final String name;
    private final String source;
    private final List<ModelFact> facts = new ArrayList<>();

    private Telling(Role role, String name, String source) {
      this.role = role;
      this.name = name;
      this.source = source;
    }

    /** A text that stands where the rest does. */
    public Telling tell(ModelField field, String text) {
      return tell(field, text, source);
    }

    /**
     * A text.
     *
     * @param from in words, where it stands otherwise than the rest
     */
    public Telling tell(ModelField field, String text, String from) {
      if (!text.isBlank()) facts.add(new ModelFact(field, text.strip(), from));
      return this;
    }

    /**
     * A number that stands where the rest does.
     *
     * @param number in the field's unit
     */
    public Telling tell(ModelField field, double number) {
      return tell(field, number, source);
    }

    /**
     * A number.
     *
     * @param number in the field's unit
     * @param from in words, where it stands otherwise than the rest
     */
    public Telling tell(ModelField field, double number, String from) {
      if (field.can(number)) facts.add(ModelFact.of(field, number, from));
      return this;
    }

    /** As {@link #tell(ModelField, double)}. */
    public Telling tell(ModelField field, long number) {
      return tell(field, (double) number, source);
    }

    /** As {@link #tell(ModelField, double, String)}. */
    public Telling tell(ModelField field, long number, String from) {
      return tell(field, (double) number, from);
    }

    /** What was told, in the order of telling. */
    public ModelSighting done() {
      return new ModelSighting(role, name, source, facts);
    }
  }
}
