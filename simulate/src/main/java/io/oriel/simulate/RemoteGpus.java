package io.oriel.simulate;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.gpu.NvmlException;
import io.oriel.collect.gpu.NvmlReturn;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.simulate.gpu.FleetNvml;
import io.oriel.simulate.gpu.FleetReport;
import io.oriel.wire.fetch.PageBuffer;
import java.io.IOException;
import java.net.URI;

/** Reports of GPUs from a simulator in another process. */
final class RemoteGpus implements FleetNvml.Source {
  private static final int TIMEOUT_MS = 5_000;

  private final Peer peer;

  RemoteGpus(URI uri, Clock clock) {
    this.peer = Peer.at(Address.of(uri, "simulator"), TIMEOUT_MS, clock);
  }

  @Override
  public FleetReport report() throws NvmlException {
    try {
      PageBuffer page = peer.page("/");
      return FleetReport.ofJson(page.bytes(), page.length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NvmlException.of(NvmlReturn.TIMEOUT);
    } catch (CollectorFailure | IOException e) {
      throw NvmlException.of(NvmlReturn.DRIVER_NOT_LOADED);
    }
  }
}
