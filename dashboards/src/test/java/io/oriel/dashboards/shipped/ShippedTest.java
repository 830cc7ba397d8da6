package io.oriel.dashboards.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.dashboards.dsl.Dashboard;
import io.oriel.dashboards.dsl.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every shipped dashboard. */
class ShippedTest {
  static List<Dashboard> shipped() {
    return Shipped.all();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void the_json_is_the_one_that_was_looked_at(Dashboard dashboard) throws IOException {
    Path golden = Path.of("src/test/resources/shipped/" + dashboard.uid() + ".json");
    if (Boolean.getBoolean("oriel.golden.write")) Files.writeString(golden, dashboard.json());

    assertThat(dashboard.json()).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void no_two_panels_share_an_id_or_a_place(Dashboard dashboard) throws IOException {
    JsonNode panels = new ObjectMapper().readTree(dashboard.json()).get("panels");

    var ids = new HashSet<Integer>();
    var cells = new HashSet<String>();
    var shared = new ArrayList<String>();
    for (JsonNode panel : panels) {
      if (!ids.add(panel.get("id").asInt())) shared.add("id " + panel.get("id"));
      JsonNode at = panel.get("gridPos");
      for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          if (!cells.add(x + " " + y)) shared.add(panel.get("title") + " at " + x + ", " + y);
        }
      }
    }

    assertThat(shared).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void every_panel_says_what_it_shows_and_in_which_unit(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .hasSizeLessThanOrEqualTo(30)
        .allSatisfy(panel -> {
          assertThat(panel.description()).as(panel.title()).endsWith(".");
          assertThat(panel.queries()).as(panel.title()).isNotEmpty();
          assertThat(panel.queries())
              .as(panel.title())
              .allSatisfy(query -> assertThat(query.legend()).isNotBlank());
          if (panel.kind() != Panel.Kind.TABLE) { // a table's columns have theirs each
            assertThat(panel.settings()).containsKey("fieldConfig.defaults.unit");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void every_query_is_of_the_chosen_machine(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      assertThat(panel.queries())
          .as(panel.title())
          .allSatisfy(
              query -> assertThat(query.expr()).contains("job=\"$job\",instance=\"$instance\""));
    }
  }
}
