package io.oriel.collect.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * One record a model, out of all sources. Nothing is merged silently: which names mean the same
 * model is decided by {@link Joining}, and each name says why; each value says who told it, and
 * where two contradict each other both are kept, first that of the source whose word counts most by
 * {@link ModelField}.
 *
 * @param models by name
 * @param leftOut what could not be taken, with the reason
 */
public record ModelCatalogue(List<ModelRecord> models, List<String> leftOut) {
  public static final ModelCatalogue EMPTY = new ModelCatalogue(List.of(), List.of());

  private static final int MOST_SIGHTINGS = 10_000;
  private static final int LONGEST_NAME = 300;

  public ModelCatalogue {
    models = List.copyOf(models);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Draws up the catalogue. It asks nobody: what sources have is put together.
   *
   * @param sightings of all sources
   * @param topology which containers and GPUs models are on
   */
  public static ModelCatalogue of(List<ModelSighting> sightings, Topology topology) {
    var leftOut = new TreeMap<String, Integer>();
    var all = new ArrayList<ModelSighting>();
    for (ModelSighting each : sightings) {
      String reason = reasonAgainst(each, all.size());
      if (reason.isEmpty()) all.add(each);
      else leftOut.merge(reason, 1, Integer::sum);
    }
    all.addAll(OnMap.sightings(topology));
    var records = new ArrayList<ModelRecord>();
    for (Joining.Group group : new Joining(all, topology).groups())
      records.add(Recording.of(group));
    records.sort(Comparator.comparing(ModelRecord::name));
    return new ModelCatalogue(
        records,
        leftOut.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).toList());
  }

  private static String reasonAgainst(ModelSighting sighting, int already) {
    if (sighting.name().isBlank()) return "without a name";
    if (sighting.name().length() > LONGEST_NAME) {
      return "with a name of more than " + LONGEST_NAME + " characters";
    }
    return already == MOST_SIGHTINGS ? "more than " + MOST_SIGHTINGS : "";
  }
}
