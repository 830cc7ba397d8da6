package io.oriel.collect.peer;

import io.oriel.collect.Collector;
import io.oriel.model.Labels;

/** What every collector has in common that asks one system by HTTP, and nothing else. */
public interface PeerCollector extends Collector {
  /** The system; it is closed with the collector. */
  Peer peer();

  @Override
  default String where() {
    return peer().address().shown();
  }

  @Override
  default String foundBy() {
    return peer().address().foundBy();
  }

  @Override
  default Labels labels() {
    Address address = peer().address();
    return address.labels().toBuilder().set("instance", address.instance()).build();
  }

  @Override
  default boolean callsDrivers() {
    return false;
  }

  @Override
  default void close() {
    peer().close();
  }
}
