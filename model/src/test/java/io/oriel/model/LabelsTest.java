package io.oriel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void labels_are_written_as_prometheus_writes_a_series() {
    assertThat(Labels.of("__name__", "up", "job", "a\"b\n")).hasToString("up{job=\"a\\\"b\\n\"}");
    assertThat(Labels.of("__name__", "up")).hasToString("up");
    assertThat(Labels.EMPTY).hasToString("{}");
    assertThat(Labels.of("__name__", "my.metric", "a b", "c"))
        .hasToString("{\"my.metric\", \"a b\"=\"c\"}");
  }

  @Test
  void an_empty_value_is_no_label() {
    assertThat(Labels.of("a", "", "b", "1")).isEqualTo(Labels.of("b", "1"));
    assertThat(Labels.of("a", "1").with("a", "")).isEqualTo(Labels.EMPTY);
  }

  @Test
  void a_name_that_comes_twice_is_refused() {
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2")).hasMessage("label a comes twice");
  }

  @Test
  void labels_can_be_narrowed_by_name() {
    Labels labels = Labels.of("__name__", "up", "job", "node", "instance", "x");

    assertThat(labels.only(Set.of("job"))).isEqualTo(Labels.of("job", "node"));
    assertThat(labels.without(Set.of("job")))
        .isEqualTo(Labels.of("__name__", "up", "instance", "x"));
    assertThat(labels.withoutName().metricName()).isEmpty();
    assertThat(labels.without(Set.of("nobody"))).isSameAs(labels);
  }
}
