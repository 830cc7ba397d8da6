package io.oriel.simulate.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Starts and stops containers, restarts what died, and remembers its last 256 events. */
public final class Daemon {
  private static final int REMEMBERED = 256;
  private static final double FIRST_WAIT_SECONDS = 1;
  private static final double LONGEST_WAIT_SECONDS = 60;

  private final Agenda agenda;
  private final Watchers watchers;
  private final List<SimContainer> containers = new ArrayList<>();
  private final Deque<DockerEvent> events = new ArrayDeque<>();

  Daemon(Agenda agenda, Watchers watchers) {
    this.agenda = agenda;
    this.watchers = watchers;
  }

  void add(SimContainer container) {
    containers.add(container);
  }

  public List<SimContainer> containers() {
    return Collections.unmodifiableList(containers);
  }

  /** Every name in the tables has one. */
  public SimContainer container(String name) {
    for (SimContainer each : containers) {
      if (each.name().equals(name)) return each;
    }
    throw new IllegalArgumentException("no such container: " + name);
  }

  /** The last ones, oldest first. */
  public List<DockerEvent> events() {
    return List.copyOf(events);
  }

  void start(SimContainer container) {
    if (container.isRunning()) return;
    container.begin(agenda.nowUs() / 1000);
    say("start", container, -1);
    watchers.tell(each -> each.began(container));
  }

  /** By hand: it stays away until it is started. */
  void stop(SimContainer container) {
    if (!container.isRunning()) {
      container.end(SimContainer.State.EXITED, 0, false, agenda.nowUs() / 1000);
      return;
    }
    say("kill", container, -1);
    gone(container, SimContainer.State.EXITED, 0);
    say("stop", container, -1);
  }

  /** By itself: its policy brings it back, later and later. */
  void die(SimContainer container, int exitCode) {
    if (!container.isRunning()) return;
    gone(container, SimContainer.State.RESTARTING, exitCode);
    double wait =
        Math.min(
            LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * (1 << Math.min(6, container.restarts())));
    agenda.in(wait, () -> restart(container));
  }

  private void restart(SimContainer container) {
    if (container.state() != SimContainer.State.RESTARTING) return;
    container.countRestart();
    start(container);
  }

  private void gone(SimContainer container, SimContainer.State how, int exitCode) {
    container.end(how, exitCode, false, agenda.nowUs() / 1000);
    say("die", container, exitCode);
    watchers.tell(each -> each.stopped(container));
  }

  /** The machine itself went down: no event tells of it. */
  void powerOff() {
    long now = agenda.nowUs() / 1000;
    for (SimContainer each : containers) {
      if (!each.isRunning()) continue;
      each.end(SimContainer.State.EXITED, 255, false, now);
      watchers.tell(watcher -> watcher.stopped(each));
    }
    events.clear();
  }

  void powerOn() {
    for (SimContainer each : containers) start(each);
  }

  void health(SimContainer container, boolean good) {
    boolean was = container.isHealthy();
    boolean wasStarting = container.isStarting();
    if (good) container.healthy();
    else container.failHealth();
    if (good && !was) say("health_status: healthy", container, -1);
    if (!good && wasStarting && !container.isStarting()) {
      say("health_status: unhealthy", container, -1);
    }
  }

  private void say(String action, SimContainer container, int exitCode) {
    events.add(new DockerEvent(agenda.nowUs(), action, container, exitCode));
    if (events.size() > REMEMBERED) events.poll();
  }
}
