package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/v1/parse_query}: the tree as Prometheus' pages read it. */
class QueryTreeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void each_kind_of_node_has_the_fields_that_prometheus_gives_it() throws Exception {
    assertTree(
        "sum by (job) (rate(up{a!~\"b\"}[5m] offset 1m))",
        """
        {"type":"aggregation","op":"sum","param":null,"grouping":["job"],"without":false,"expr":{
          "type":"call",
          "func":{"name":"rate","argTypes":["matrix"],"variadic":0,"returnType":"vector"},
          "args":[{"type":"matrixSelector","name":"up","range":300000,"rangeExpr":null,
            "offset":60000,"offsetExpr":null,"timestamp":null,"startOrEnd":null,
            "anchored":false,"smoothed":false,"matchers":[
              {"name":"a","type":"!~","value":"b"},{"name":"__name__","type":"=","value":"up"}]}]}}
        """);
  }

  @Test
  void a_binary_expression_says_how_its_sides_meet() throws Exception {
    assertTree(
        "(a) / on (x) group_left (y) -b",
        """
        {"type":"binaryExpr","op":"/","bool":false,
         "matching":{"card":"many-to-one","labels":["x"],"on":true,"include":["y"],
           "fillValues":{"lhs":null,"rhs":null}},
         "lhs":{"type":"parenExpr","expr":%s},
         "rhs":{"type":"unaryExpr","op":"-","expr":%s}}
        """
            .formatted(vector("a"), vector("b")));
    assertThat(tree("a and b").at("/matching/card").textValue()).isEqualTo("many-to-many");
    assertThat(tree("a > bool 1").at("/matching").isNull()).isTrue();
    assertThat(tree("a > bool 1").at("/bool").booleanValue()).isTrue();
    assertThat(tree("a + fill_left (2) b").at("/matching/fillValues").toString())
        .isEqualTo("{\"lhs\":2,\"rhs\":null}");
  }

  @Test
  void numbers_texts_and_parameters_are_literals() throws Exception {
    assertTree(
        "count_values(\"v\", a)",
        """
        {"type":"aggregation","op":"count_values","grouping":[],"without":false,
         "param":{"type":"stringLiteral","val":"v"},"expr":%s}
        """
            .formatted(vector("a")));
    assertTree("-1e21", "{\"type\":\"numberLiteral\",\"val\":\"-1000000000000000000000\"}");
    assertTree("-inf", "{\"type\":\"numberLiteral\",\"val\":\"-Inf\"}");
  }

  @Test
  void a_subquery_has_its_step_and_the_moment_it_is_fixed_at() throws Exception {
    assertTree(
        "max_over_time(a[1h:5m] @ end())",
        """
        {"type":"call",
         "func":{"name":"max_over_time","argTypes":["matrix"],"variadic":0,"returnType":"vector"},
         "args":[{"type":"subquery","expr":%s,"range":3600000,"rangeExpr":null,"step":300000,
           "stepExpr":null,"offset":0,"offsetExpr":null,"timestamp":null,"startOrEnd":"end"}]}
        """
            .formatted(vector("a")));
    assertThat(tree("a @ 1.5").at("/timestamp").longValue()).isEqualTo(1500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foo[5m+1m]       | range  | {"type":"durationExpr","op":"+","lhs":{"type":"numberLiteral","val":"300","duration":true},"rhs":{"type":"numberLiteral","val":"60","duration":true},"wrapped":false}
          foo offset (10m/2) | offset | {"type":"durationExpr","op":"/","lhs":{"type":"numberLiteral","val":"600","duration":true},"rhs":{"type":"numberLiteral","val":"2","duration":false},"wrapped":true}
          foo[range()]     | range  | {"type":"durationExpr","op":"range","lhs":null,"rhs":null,"wrapped":false}
          foo offset -min_of(5s,step()) | offset | {"type":"durationExpr","op":"-","lhs":null,"rhs":{"type":"durationExpr","op":"min_of","lhs":{"type":"numberLiteral","val":"5","duration":true},"rhs":{"type":"durationExpr","op":"step","lhs":null,"rhs":null,"wrapped":false},"wrapped":false},"wrapped":false}
          """)
  void a_length_that_is_computed_is_a_tree_of_its_own(String query, String field, String expected)
      throws Exception {
    JsonNode tree = tree(query);

    assertThat(tree.get(field).longValue()).isZero();
    assertThat(tree.get(field + "Expr")).isEqualTo(JSON.readTree(expected));
  }

  @Test
  void a_query_that_does_not_parse_is_refused_with_its_place() throws Exception {
    var answer = api.server.post("/api/v1/parse_query", "query=sum(");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": \
            1:5: parse error: unclosed left parenthesis"}\
            """);
  }

  private static String vector(String name) {
    return """
    {"type":"vectorSelector","name":"%s","offset":0,"offsetExpr":null,"timestamp":null,
     "startOrEnd":null,"anchored":false,"smoothed":false,
     "matchers":[{"name":"__name__","type":"=","value":"%s"}]}
    """
        .formatted(name, name);
  }

  private void assertTree(String query, String expected) throws Exception {
    assertThat(tree(query)).isEqualTo(JSON.readTree(expected));
  }

  private JsonNode tree(String query) throws Exception {
    String escaped = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return api.data("/api/v1/parse_query?query=" + escaped);
  }
}
