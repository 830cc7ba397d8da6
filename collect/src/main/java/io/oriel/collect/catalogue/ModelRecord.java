package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import java.util.List;

/**
 * All that is known of one model.
 *
 * @param name the one that callers use where a server or a gateway says one; else the repository's
 * @param names all that it goes by, and why they are taken for the same model
 * @param fields in the order of {@link ModelField}; only those of which something is known
 * @param notes what a person should know beside: a name that another model has, too
 */
public record ModelRecord(String name, List<Name> names, List<Known> fields, List<String> notes) {

  /**
   * A name of the model.
   *
   * @param source who calls it so, in words
   * @param reason why it is this model; empty of the one that the others are joined to
   */
  public record Name(String name, Role role, String source, String reason) {}

  /**
   * What is known of one field.
   *
   * @param values the preferred one first, which says all that the others say unless they
   *     contradict it; never empty
   */
  public record Known(ModelField field, List<Value> values) {
    public Known {
      values = List.copyOf(values);
    }

    /** Whether sources contradict each other; one may say more than another without that. */
    public boolean isContradictory() {
      if (field.isMany()) return false;
      String first = values.getFirst().value();
      return values.stream().anyMatch(each -> !field.includes(first, each.value()));
    }
  }

  /** A value, and all who say it. */
  public record Value(String value, List<String> sources) {}
}
