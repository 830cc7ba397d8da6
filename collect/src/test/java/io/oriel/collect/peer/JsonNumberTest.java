package io.oriel.collect.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumberTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 0x1p63",
    "9223372036854775808, 0x1p63",
    "18446744073709551615, 0x1p64",
    "18446744073709551617, 0x1p64",
    "-9223372036854775809, -0x1p63",
    "340282366920938463463374607431768211456, 0x1p128",
    "1e19, 1e19",
    "12, 12",
    "0.5, 0.5"
  })
  void a_number_is_the_nearest_double_however_large(String text, String expected)
      throws JsonProcessingException {
    assertThat(JsonNumber.of(json(text))).isEqualTo(Double.parseDouble(expected));
  }

  @Test
  void what_is_no_number_or_beyond_all_doubles_is_unknown() throws JsonProcessingException {
    for (String text : new String[] {"null", "\"12\"", "true", "{}", "[1]", "1e999"}) {
      assertThat(JsonNumber.of(json(text))).as(text).isNaN();
      assertThat(JsonNumber.of(json(text), 7)).as(text).isEqualTo(7);
      assertThat(JsonNumber.whole(json(text), 7)).as(text).isEqualTo(7);
    }
    assertThat(JsonNumber.of(json("1" + "0".repeat(400)))).isNaN();
    assertThat(JsonNumber.of(MissingNode.getInstance())).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "4711, 4711",
    "5.0, 5",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775808, -1",
    "18446744073709551616, -1",
    "1e19, -1",
    "1.5, -1"
  })
  void a_number_that_names_something_is_whole_or_unknown(String text, long expected)
      throws JsonProcessingException {
    assertThat(JsonNumber.whole(json(text), -1)).isEqualTo(expected);
  }

  @Test
  void a_small_number_is_not_cut_to_its_low_bits() throws JsonProcessingException {
    assertThat(JsonNumber.small(json("137"), 0)).isEqualTo(137);
    assertThat(JsonNumber.small(json("-1"), 0)).isEqualTo(-1);
    assertThat(JsonNumber.small(json("4294967297"), 0)).isZero();
  }
}
