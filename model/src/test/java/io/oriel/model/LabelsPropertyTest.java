package io.oriel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LabelsPropertyTest {
  @Property
  void what_goes_in_comes_out_whatever_the_order(@ForAll Map<String, String> map) {
    Labels labels = Labels.of(map);

    map.forEach((name, value) -> assertThat(labels.valueOf(name)).isEqualTo(value));
    assertThat(Labels.of(labels.toMap())).isEqualTo(labels).hasSameHashCodeAs(labels);
  }
}
