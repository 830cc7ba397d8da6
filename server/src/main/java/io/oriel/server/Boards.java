package io.oriel.server;

import io.oriel.dashboards.shipped.Shipped;
import io.oriel.server.http.oriel.Etag;
import io.oriel.server.http.oriel.OrielApi.Dashboard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The shipped dashboards as the API tells them; made when first asked for, once. */
final class Boards implements Supplier<List<Dashboard>> {
  private List<Dashboard> made = List.of();

  @Override
  public synchronized List<Dashboard> get() {
    if (made.isEmpty()) made = Shipped.all().stream().map(Boards::told).toList();
    return made;
  }

  private static Dashboard told(io.oriel.dashboards.dsl.Dashboard board) {
    String json = board.json();
    return new Dashboard(
        board.uid(),
        board.title(),
        "Shipped",
        board.tags(),
        board.description(),
        board.panels().size(),
        json,
        Etag.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
