package io.oriel.server.http.oriel;

import io.oriel.model.limit.Refusal;
import io.oriel.server.boards.BoardNote;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import java.util.List;
import java.util.function.Supplier;

/** The dashboards there are, shipped and in folders, and where one puts another. */
public final class DashboardsView {
  private static final String LIST = "/api/v1/oriel/dashboards";
  private static final String FOLDERS = "/api/v1/oriel/dashboard-folders";

  /**
   * A dashboard as code: what a list shows of it, and its Grafana JSON.
   *
   * @param file where it lies; empty: it is shipped
   * @param json the text as it lies there, read when it is asked for
   */
  public record Dashboard(
      String uid,
      String title,
      String folder,
      List<String> tags,
      String description,
      int panels,
      String file,
      Supplier<byte[]> json) {}

  /**
   * All there is now.
   *
   * @param folders where files become dashboards
   * @param notes files that did not, and others to know of
   */
  public record Shelf(List<Dashboard> dashboards, List<String> folders, List<BoardNote> notes) {}

  private final Supplier<Shelf> shelf;

  private DashboardsView(Supplier<Shelf> shelf) {
    this.shelf = shelf;
  }

  /** Its routes. */
  public static List<Route> routes(Supplier<Shelf> shelf) {
    var view = new DashboardsView(shelf);
    return List.of(
        Route.get(LIST, "The dashboards, shipped and in folders", _ -> view.dashboards()),
        Route.get(LIST + "/{uid}", "A dashboard as Grafana's JSON", view::dashboard),
        Route.get(
            FOLDERS,
            "Folders whose files are dashboards, and what is to be said of these files",
            _ -> view.folders()));
  }

  private Answer dashboards() {
    return Answer.json(out -> {
      out.array();
      for (Dashboard each : shelf.get().dashboards()) {
        out.object()
            .field("uid", each.uid())
            .field("title", each.title())
            .field("folder", each.folder())
            .field("tags", each.tags())
            .field("description", each.description())
            .field("panels", each.panels())
            .field("file", each.file())
            .end();
      }
      out.end();
    });
  }

  private Answer dashboard(Call call) {
    String uid = call.segment("uid");
    Dashboard found =
        shelf.get().dashboards().stream()
            .filter(each -> each.uid().equals(uid))
            .findFirst()
            .orElseThrow(() ->
                new Refusal.NotFound(
                    "there is no dashboard " + uid, "GET " + LIST + " lists those there are"));
    byte[] json = found.json().get();
    String etag = '"' + Etag.of(json) + '"';
    Answer answer =
        Etag.matches(call, etag) ? Answer.empty(304) : Answer.bytes(200, Answer.JSON, json);
    return answer.with("ETag", etag).with("Cache-Control", "no-cache");
  }

  private Answer folders() {
    return Answer.json(out -> {
      Shelf now = shelf.get();
      out.object().field("folders", now.folders()).name("notes").array();
      for (BoardNote each : now.notes()) {
        out.object()
            .field("file", each.file())
            .field("line", each.line())
            .field("column", each.column())
            .field("listed", each.listed())
            .field("says", each.says())
            .end();
      }
      out.end().end();
    });
  }
}
