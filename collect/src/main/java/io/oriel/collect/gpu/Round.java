package io.oriel.collect.gpu;

/** What has come together in a round beside the answers of each GPU. */
record Round(Machine machine, Xids xids, Processes processes) {}
