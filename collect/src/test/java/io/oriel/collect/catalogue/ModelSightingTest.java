package io.oriel.collect.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.catalogue.ModelSighting.Role;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModelSightingTest {
  private static final String SOURCE = "vLLM http://gpu1:8000 /v1/models";

  @Test
  void every_fact_says_where_it_stands() {
    var seen =
        ModelSighting.of(Role.SERVER, "qwen3-32b", SOURCE)
            .tell(ModelField.CONTEXT, 40_960)
            .tell(ModelField.ENGINE_VERSION, "0.26.0", "vLLM http://gpu1:8000 /version")
            .done();

    assertThat(seen.facts())
        .containsExactly(
            new ModelFact(ModelField.CONTEXT, "40960", SOURCE),
            new ModelFact(ModelField.ENGINE_VERSION, "0.26.0", "vLLM http://gpu1:8000 /version"));
  }

  @Test
  void what_says_nothing_is_no_fact() {
    var seen =
        ModelSighting.of(Role.SERVER, "qwen3-32b", SOURCE)
            .tell(ModelField.SOURCE, " ")
            .tell(ModelField.CONTEXT, 0)
            .tell(ModelField.PARAMETERS, Double.NaN)
            .tell(ModelField.DISK, Double.POSITIVE_INFINITY)
            .tell(ModelField.INPUT_PRICE, -1)
            .done();

    assertThat(seen.facts()).isEmpty();
  }

  @Test
  void a_price_of_nothing_is_a_fact() {
    var seen = ModelSighting.of(Role.GATEWAY, "qwen3", SOURCE).tell(ModelField.INPUT_PRICE, 0);

    assertThat(seen.done().facts()).extracting(ModelFact::value).containsExactly("0");
  }

  @Test
  void keys_of_fields_are_told_apart() {
    assertThat(Arrays.stream(ModelField.values()).map(ModelField::key)).doesNotHaveDuplicates();
  }
}
