package io.oriel.metrics.head;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;

/** An exemplar of a batch that is not committed yet. */
record PendingExemplar(int id, Labels series, Exemplar exemplar) {}
