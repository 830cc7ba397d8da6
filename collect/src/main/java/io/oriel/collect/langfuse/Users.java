package io.oriel.collect.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts cost and tokens by user. Version 3 groups by user itself; version 4 does not, so its
 * observations are read page by page.
 */
final class Users implements Part {
  private static final int PAGE = 1_000;
  private static final int MOST_PAGES = 5;

  /** One user's part of a slice. */
  private record Share(String user, double cost, double tokens) {}

  private final Slices slices = new Slices();
  private final Named users = new Named();
  private final Kept kept = new Kept();

  @Override
  public String name() {
    return "users";
  }

  @Override
  public void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException {
    Window slice = slices.next(nowMs);
    List<Share> shares =
        switch (api.dialect()) {
          case V3 -> grouped(api, slice);
          case V4 -> read(api, slice);
        };
    // the largest first: should there be more users than names, they have one
    shares.sort(Comparator.comparingDouble(Share::cost).reversed());
    for (Share each : shares) {
      String user = users.of(each.user());
      kept.add(Figures.USER_COST, each.cost(), "user", user);
      kept.add(Figures.USER_TOKENS, each.tokens(), "user", user);
    }
    slices.taken(slice);
  }

  private static List<Share> grouped(Api api, Window slice)
      throws CollectorFailure, InterruptedException {
    var query =
        api.dialect()
            .traces(slice)
            .by("userId")
            .telling("sum", "totalCost")
            .telling("sum", "totalTokens");
    var shares = new ArrayList<Share>();
    for (Row row : api.rows(query)) {
      double cost = row.number("sum_totalCost");
      double tokens = row.number("sum_totalTokens");
      shares.add(new Share(row.text("userId"), known(cost), known(tokens)));
    }
    return shares;
  }

  private List<Share> read(Api api, Window slice) throws CollectorFailure, InterruptedException {
    Map<String, Share> byUser = new HashMap<>();
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = api.json(path(slice, cursor));
      for (Row row : api.data(answer)) {
        var share =
            new Share(
                row.text("userId"),
                known(row.number("totalCost")),
                tokens(new Row(row.json().path("usageDetails"))));
        byUser.merge(share.user(), share, Users::sum);
      }
      cursor = answer.path("meta").path("cursor").asText("");
      if (cursor.isEmpty()) return new ArrayList<>(byUser.values());
    }
    slices.taken(slice); // as many again would come the next time
    throw new CollectorFailure(
        "more than %d observations since the last time; their users are not counted"
            .formatted(MOST_PAGES * PAGE),
        "sum up by user in your gateway",
        200);
  }

  /** The total, where it is told, holds all the others; details beside are parts of these. */
  private static double tokens(Row usage) {
    double total = usage.number("total");
    if (Double.isFinite(total)) return total;
    return known(usage.number("input")) + known(usage.number("output"));
  }

  private static Share sum(Share one, Share other) {
    return new Share(one.user(), one.cost() + other.cost(), one.tokens() + other.tokens());
  }

  private static double known(double value) {
    return Double.isFinite(value) ? value : 0; // adds nothing
  }

  private static String path(Window slice, String cursor) {
    String next = cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor);
    return "/api/public/v2/observations?fields=core,basic,usage&limit=%d&fromStartTime=%s&toStartTime=%s%s"
        .formatted(PAGE, encoded(slice.from()), encoded(slice.to()), next);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void tell(Readings out) {
    kept.tell(out);
  }
}
