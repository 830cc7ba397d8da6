package io.oriel.wire.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Which file is being read, and where its problems go. */
record YamlSource(String name, Problems problems) {
  Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(name, m.getLine() + 1, m.getColumn() + 1))
        .orElseGet(() -> Place.of(name));
  }

  void problem(Place at, String happened, String remedy) {
    problems.add(at, happened, remedy);
  }
}
