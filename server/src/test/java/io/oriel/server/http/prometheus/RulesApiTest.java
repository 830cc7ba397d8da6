package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules and alerts, of which there are none yet. */
class RulesApiTest {
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void nothing_is_evaluated_and_that_is_said_in_the_known_shapes() throws Exception {
    assertThat(api.data("/api/v1/rules?type=alert&exclude_alerts=true&group_limit=5").toString())
        .isEqualTo("{\"groups\":[]}");
    assertThat(api.data("/api/v1/alerts").toString()).isEqualTo("{\"alerts\":[]}");
    assertThat(api.data("/api/v1/alertmanagers").toString())
        .isEqualTo("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type=all             | invalid parameter "type": not supported value "all"
          exclude_alerts=maybe | invalid parameter "exclude_alerts": error converting exclude_alerts: strconv.ParseBool: parsing "maybe": invalid syntax
          group_limit=0        | invalid parameter "group_limit": group_limit needs to be greater than 0
          group_limit=x        | invalid parameter "group_limit": group_limit needs to be a valid number: strconv.ParseInt: parsing "x": invalid syntax
          group_next_token=abc | invalid parameter "group_next_token": group_limit needs to be present in order to paginate over the groups
          group_limit=1&group_next_token=abc | invalid parameter "group_next_token": invalid group_next_token 'abc'. were rule groups changed?
          match[]={}           | match[] must contain at least one non-empty matcher
          """)
  void wrong_parameters_are_refused_though_there_is_nothing(String query, String words)
      throws Exception {
    String escaped =
        query.replace("[", "%5B").replace("]", "%5D").replace("{", "%7B").replace("}", "%7D");

    var answer = api.server.get("/api/v1/rules?" + escaped);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(ApiFixture.JSON.readTree(answer.body()).get("error").textValue()).isEqualTo(words);
  }
}
