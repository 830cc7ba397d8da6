package io.oriel.server.http.oriel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import io.oriel.server.boards.BoardNote;
import io.oriel.server.http.TestServer;
import io.oriel.server.http.oriel.DashboardsView.Dashboard;
import io.oriel.server.http.oriel.DashboardsView.Shelf;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardsViewTest {
  private static final String BOARD = "{\"uid\":\"server-health\"}";
  private static final Dashboard HEALTH =
      new Dashboard(
          "server-health",
          "Server health",
          "Servers",
          List.of("node"),
          "How this machine is.",
          21,
          "",
          () -> BOARD.getBytes(UTF_8));
  private final TestServer server =
      TestServer.below(
          "",
          Limits.NORMAL,
          DashboardsView.routes(() ->
              new Shelf(
                  List.of(HEALTH),
                  List.of("/etc/boards"),
                  List.of(
                      new BoardNote("/etc/boards/a.json", 2, 14, false, "it is \"no\" JSON")))));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_dashboard_is_listed_and_served_once() throws Exception {
    var list = server.get("/api/v1/oriel/dashboards").body();
    var board = server.get("/api/v1/oriel/dashboards/server-health");
    String etag = board.headers().firstValue("ETag").orElseThrow();
    var again = server.get("/api/v1/oriel/dashboards/server-health", "If-None-Match", etag);
    var none = server.get("/api/v1/oriel/dashboards/nothing");

    assertThat(list).contains("\"panels\":21,\"file\":\"\"");
    assertThat(board.body()).isEqualTo(BOARD);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("there is no dashboard nothing");
  }

  @Test
  void folders_are_told_with_what_is_to_be_said_of_their_files() throws Exception {
    assertThat(server.get("/api/v1/oriel/dashboard-folders").body())
        .contains(
            "{\"folders\":[\"/etc/boards\"],\"notes\":[{\"file\":\"/etc/boards/a.json\",\"line\":2,"
                + "\"column\":14,\"listed\":false,\"says\":\"it is \\\"no\\\" JSON\"}]}");
  }
}
