package io.oriel.collect.modelserver;

import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSighting.Role;

/** What a server tells of its models, for the catalogue. */
record Sighting(Engine engine, String address) {
  /**
   * @param state as in the vocabulary: {@code ready}, {@code sleeping}
   */
  ModelSighting of(ServedModel model, String version, String state) {
    String listed = source(engine.models());
    var telling =
        ModelSighting.of(Role.SERVER, model.name(), listed)
            .tell(ModelField.ENGINE, engine.label(), "collector " + source(""))
            .tell(ModelField.ENGINE_VERSION, version, source(engine.version()))
            .tell(ModelField.ENDPOINT, address, "collector " + source(""))
            .tell(ModelField.STATE, state, source(engine.health()))
            .tell(ModelField.CONTEXT, model.longestContext())
            .tell(ModelField.LONGEST_CONTEXT, model.madeFor())
            .tell(ModelField.PARAMETERS, model.parameters())
            .tell(ModelField.DISK, model.bytes())
            .tell(ModelField.REVISION, model.revision())
            .tell(ModelField.DATA_TYPE, model.dataType())
            .tell(ModelField.SOURCE, model.root());
    if (!model.parent().isEmpty()) telling.tell(ModelField.TYPE, "adapter");
    return telling.done();
  }

  private String source(String path) {
    return (engine.label() + " " + address + " " + path).strip();
  }
}
