package io.oriel.dashboards.shipped;

import io.oriel.dashboards.dsl.Dashboard;
import java.util.List;

/** The dashboards that come with Oriel. */
public final class Shipped {
  private Shipped() {}

  /** All of them, in the order of the navigation. */
  public static List<Dashboard> all() {
    return List.of(ServerHealth.dashboard(), GpuUsage.dashboard(), ContainersBoard.dashboard());
  }
}
