package io.oriel.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.simulate.gpu.FleetNvml;
import io.oriel.simulate.serve.Control;
import io.oriel.simulate.world.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A fleet that another process simulates; what it tells of itself is asked once. */
final class RemoteFleet implements SimulatedFleet {
  private static final int TIMEOUT_MS = 10_000; // it may have a long past to step over first
  private static final String IS_IT_ONE =
      "name the control port that oriel simulate prints, and see that it runs";

  private final URI control;
  private final Clock clock;
  private final List<Endpoint> endpoints;
  private final Path proc;

  private RemoteFleet(URI control, Clock clock, List<Endpoint> endpoints, Path proc) {
    this.control = control;
    this.clock = clock;
    this.endpoints = List.copyOf(endpoints);
    this.proc = proc;
  }

  static RemoteFleet open(URI control, Clock clock) {
    try (Peer peer = peer(control, clock)) {
      JsonNode told = peer.json(Control.ENDPOINTS);
      var endpoints = new ArrayList<Endpoint>();
      for (JsonNode each : told.path("endpoints")) endpoints.add(endpoint(each));
      if (endpoints.isEmpty()) throw none(control, "it names no simulated system");
      return new RemoteFleet(control, clock, endpoints, Path.of(told.path("proc").asText()));
    } catch (CollectorFailure e) {
      throw none(control, e.happened());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw none(control, "asking was interrupted");
    }
  }

  private static Refusal none(URI control, String why) {
    return new Refusal.CannotStart(
        "there is no simulated fleet at %s (%s)".formatted(control, why), IS_IT_ONE);
  }

  private static Peer peer(URI uri, Clock clock) {
    return Peer.at(Address.of(uri, "simulator"), TIMEOUT_MS, clock);
  }

  private static Endpoint endpoint(JsonNode told) {
    return new Endpoint(
        told.path("kind").asText(),
        told.path("name").asText(),
        URI.create(told.path("uri").asText()),
        told.path("metrics").asBoolean(),
        told.path("user").asText(),
        told.path("secret").asText());
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public Nvml.Opening nvml() {
    for (Endpoint each : endpoints) {
      if (!each.kind().equals("nvml")) continue;
      String name = "simulated fleet at " + each.uri();
      return () -> new FleetNvml(name, new RemoteGpus(each.uri(), clock), true);
    }
    throw none(control, "it has no GPUs");
  }

  @Override
  public Path proc() {
    return proc;
  }

  @Override
  public Path root() {
    return proc.resolveSibling("root");
  }

  @Override
  public Scenario scenario() {
    try (Peer peer = peer(control, clock)) {
      return scenario(peer.json(Control.SCENARIO));
    } catch (CollectorFailure e) {
      throw away(e.happened());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away("asking was interrupted");
    }
  }

  @Override
  public void scenario(Scenario next) {
    try (Peer peer = peer(control, clock)) {
      peer.post(Control.SCENARIO + "?name=" + next.key(), "{}");
    } catch (CollectorFailure e) {
      throw away(e.happened());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away("asking was interrupted");
    }
  }

  private static Scenario scenario(JsonNode told) {
    Scenario found = Scenario.of(told.path("scenario").asText());
    if (found == null) throw away("it names no scenario");
    return found;
  }

  private static Refusal away(String why) {
    return new Refusal.Unavailable(
        "the simulator could not be asked (" + why + ")", "see whether oriel simulate still runs");
  }

  /** The other process goes on. */
  @Override
  public void close() {}
}
