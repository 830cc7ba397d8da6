package io.oriel.engines.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramText;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that a real Prometheus 2.42 gave, and such as newer ones give. */
class HistogramReaderTest {
  @ParameterizedTest
  @EnumSource(RecordedHistogram.class)
  void a_recorded_answer_is_the_histogram_that_was_asked_for(RecordedHistogram kind)
      throws IOException {
    String answer = Files.readString(RecordedHistogram.FOLDER.resolve(kind.file()));

    Result result;
    try (JsonParser json = new JsonFactory().createParser(answer)) {
      while (!"data".equals(json.currentName())) json.nextToken();
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      result = ResultReader.read(json, Limits.NORMAL);
    }

    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Vector.class,
            vector ->
                assertThat(vector.points().getFirst().histogram()).isEqualTo(kind.readBack()));
  }

  /** As Prometheus 3 tells them: the first bucket begins nowhere, the last ends nowhere. */
  @Test
  void bounds_that_follow_no_schema_are_custom_ones() throws IOException {
    Histogram read =
        read(
            """
            {"count":"7","sum":"42.5","buckets":[
              [0,"-Inf","5","1"],[0,"5","10","2"],[0,"25","+Inf","4"]]}\
            """);

    assertThat(read)
        .isEqualTo(
            HistogramText.parse(
                "{{schema:-53 count:7 sum:42.5 custom_values:[5 10 25] buckets:[1 2 0 4]}}"));
  }

  @Test
  void fields_that_are_not_known_are_passed_over() throws IOException {
    Histogram read =
        read(
            "{\"count\":\"1\",\"hint\":{\"x\":[1]},\"sum\":\"2\",\"buckets\":[[0,\"1\",\"2\",\"1\"]]}");

    assertThat(read).isEqualTo(HistogramText.parse("{{count:1 sum:2 offset:1 buckets:[1]}}"));
  }

  private static Histogram read(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      return HistogramReader.read(json);
    }
  }
}
