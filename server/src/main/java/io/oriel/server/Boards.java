package io.oriel.server;

import io.oriel.dashboards.shipped.Shipped;
import io.oriel.model.Clock;
import io.oriel.model.limit.Limits;
import io.oriel.server.boards.BoardFile;
import io.oriel.server.boards.BoardFolders;
import io.oriel.server.config.DashboardsConfig;
import io.oriel.server.http.oriel.DashboardsView.Dashboard;
import io.oriel.server.http.oriel.DashboardsView.Shelf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboards as the API tells them: the shipped ones, made when first asked for, and those in
 * folders.
 */
final class Boards implements Supplier<Shelf> {
  private List<Dashboard> shipped = List.of();
  private final BoardFolders folders;

  Boards(DashboardsConfig config, Limits limits, Clock clock) {
    folders = new BoardFolders(this::shippedUids, limits, clock);
    use(config);
  }

  /** Looks into these folders from now on. */
  void use(DashboardsConfig config) {
    folders.use(config.folders());
  }

  @Override
  public Shelf get() {
    BoardFolders.Contents found = folders.contents();
    return new Shelf(
        Stream.concat(shipped().stream(), found.boards().stream().map(Boards::told)).toList(),
        folders.folders().stream().map(Path::toString).toList(),
        found.notes());
  }

  private synchronized List<Dashboard> shipped() {
    if (shipped.isEmpty()) shipped = Shipped.all().stream().map(Boards::told).toList();
    return shipped;
  }

  private Set<String> shippedUids() {
    return shipped().stream().map(Dashboard::uid).collect(Collectors.toSet());
  }

  private static Dashboard told(BoardFile board) {
    return new Dashboard(
        board.uid(),
        board.title(),
        board.folder(),
        board.tags(),
        board.description(),
        board.panels(),
        board.file(),
        board.text()::read);
  }

  private static Dashboard told(io.oriel.dashboards.dsl.Dashboard board) {
    byte[] json = board.json().getBytes(StandardCharsets.UTF_8);
    return new Dashboard(
        board.uid(),
        board.title(),
        "Shipped",
        board.tags(),
        board.description(),
        board.panels().size(),
        "",
        () -> json);
  }
}
