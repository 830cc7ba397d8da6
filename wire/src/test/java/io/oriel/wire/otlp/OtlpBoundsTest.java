package io.oriel.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What a request may make of few bytes: no text, list or number costs more than it may be. */
class OtlpBoundsTest {
  private static final Limits LIMITS =
      Limits.NORMAL
          .with(Limit.LABEL_VALUE_BYTES, 100)
          .with(Limit.WRITE_SAMPLES, 1000)
          .with(Limit.WRITE_BODY_BYTES, 100_000);

  private final Heard heard = new Heard();

  /** What was told of points and metrics. */
  private static final class Heard implements MetricsVisitor {
    private final List<String> attributes = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private String description = "";
    private SortedMap<String, String> resource = Attributes.none();

    @Override
    public void resource(SortedMap<String, String> of) {
      resource = of;
    }

    @Override
    public void scope(Scope scope) {}

    @Override
    public void metric(MetricHead metric) {
      description = metric.description();
    }

    @Override
    public void point(Point point) {
      attributes.addAll(point.head().attributes().values());
    }

    @Override
    public void wrongPoint(String why) {
      wrong.add(why);
    }

    @Override
    public void resourceEnds() {}
  }

  private static FieldWriter attribute(FieldWriter value) {
    return new FieldWriter().text(1, "key").message(2, value);
  }

  private static FieldWriter text(String text) {
    return new FieldWriter().text(1, text);
  }

  private void decode(FieldWriter resource, String description, FieldWriter point)
      throws Malformed {
    var sum = new FieldWriter().message(1, point).number(2, 2);
    var metric = new FieldWriter().text(1, "m").text(2, description).message(7, sum);
    var metrics =
        new FieldWriter().message(1, resource).message(2, new FieldWriter().message(2, metric));
    byte[] request = new FieldWriter().message(1, metrics).toBytes();
    new MetricsDecoder(LIMITS).decode(request, request.length, heard);
  }

  private void decode(FieldWriter point) throws Malformed {
    decode(new FieldWriter(), "", point);
  }

  @Test
  void of_a_text_that_is_too_long_no_more_is_read_than_tells_so() throws Malformed {
    String long_ = "\u20ac".repeat(10_000);

    decode(
        new FieldWriter().message(1, attribute(text(long_))),
        long_,
        new FieldWriter().message(7, attribute(text(long_))));

    for (String each :
        List.of(heard.attributes.getFirst(), heard.description, "" + heard.resource.get("key"))) {
      assertThat(each.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(101, 110);
    }
  }

  @Test
  void a_list_of_control_characters_does_not_become_six_times_as_long() throws Malformed {
    var list = new FieldWriter();
    for (int i = 0; i < 1000; i++) list.message(1, text("\u0001".repeat(1000)));
    var point = new FieldWriter().message(7, attribute(new FieldWriter().message(5, list)));

    decode(point);

    assertThat(heard.attributes)
        .singleElement()
        .asString()
        .startsWith("[\"\\u0001\\u0001")
        .hasSizeBetween(101, 2000);
  }

  @Test
  void more_exemplars_than_a_request_may_have_samples_cost_the_point_alone() throws Malformed {
    var point = new FieldWriter();
    for (int i = 0; i < 126; i++) point.message(5, new FieldWriter().eightBytes(3, 1));

    decode(point);

    assertThat(heard.wrong).singleElement().asString().contains("limits.write_samples");
  }

  private static FieldWriter json(String json) throws Malformed {
    return OtlpJson.toProtobuf(json.getBytes(StandardCharsets.UTF_8), LIMITS);
  }

  private static String point(String rest) {
    return "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"histogram\":"
        + "{\"dataPoints\":[{"
        + rest
        + "}]}}]}]}]}";
  }

  @Test
  void numbers_that_are_longer_as_protobuf_are_bounded_by_the_same_limit() throws Malformed {
    String good = point("\"bucketCounts\":[1" + ",1".repeat(10_000) + "]");
    String large = point("\"bucketCounts\":[1" + ",1".repeat(40_000) + "]");

    assertThat(json(good).size()).isBetween(90_000, 100_000);
    assertThatThrownBy(() -> json(large))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("limits.write_body_bytes");
  }

  @Test
  void a_number_of_a_million_digits_is_not_computed() {
    assertThatThrownBy(() -> json(point("\"count\":\"" + "9".repeat(1_000_000) + "\"")))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("too long");
  }

  @Test
  void messages_within_messages_are_the_same_in_one_room_as_each_in_its_own() throws Malformed {
    byte[] name = "n".repeat(300).getBytes(StandardCharsets.UTF_8);
    var metric = new FieldWriter().bytes(1, name, name.length);
    var expected = new FieldWriter();
    expected.message(1, new FieldWriter().message(2, new FieldWriter().message(2, metric)));

    FieldWriter written =
        json(
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\""
                + new String(name, StandardCharsets.UTF_8)
                + "\"}]}]}]}");

    assertThat(written.toBytes()).isEqualTo(expected.toBytes());
  }
}
