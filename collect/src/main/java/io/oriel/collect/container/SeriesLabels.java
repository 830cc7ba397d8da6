package io.oriel.collect.container;

import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The label sets of one container's series, made once each: a steady round compares references. */
final class SeriesLabels {
  private record Extra(String name, String value) {}

  /** cAdvisor's: id, name, image; and {@code container}, by which our own series can be joined. */
  final Labels base;

  /** Of {@code oriel_container_*}: container and image. */
  final Labels own;

  private final @Nullable Labels[] figures = new @Nullable Labels[Figure.ALL.length];
  private final Map<Extra, Labels> more = new HashMap<>();
  private @Nullable Labels info;

  SeriesLabels(Labels base, String name, String image) {
    this.base = base;
    this.own = Labels.of("container", name, "image", image);
  }

  Labels of(Figure figure) {
    if (figure.label.isEmpty()) return base;
    Labels known = figures[figure.ordinal()];
    if (known != null) return known;
    Labels made = base.with(figure.label, figure.value);
    if (figure.label.equals("failure_type")) made = made.with("scope", "container");
    figures[figure.ordinal()] = made;
    return made;
  }

  /** cAdvisor's labels and one more. */
  Labels base(String name, String value) {
    return more.computeIfAbsent(new Extra(name, value), e -> base.with(e.name(), e.value()));
  }

  /** Of traffic with a disk, one way. */
  Labels blocks(String device, String numbers, String operation) {
    int colon = numbers.indexOf(':');
    return more.computeIfAbsent(
        new Extra("=" + numbers, operation),
        _ ->
            base.toBuilder()
                .set("device", device)
                .set("major", numbers.substring(0, Math.max(0, colon)))
                .set("minor", numbers.substring(colon + 1))
                .set("operation", operation)
                .build());
  }

  /** What the container is. */
  Labels info(Inspected told) {
    Labels known = info;
    if (known != null) return known;
    Container container = told.container();
    Labels made =
        own.toBuilder()
            .set("id", container.id())
            .set("image_id", container.imageId())
            .set("image_version", StateMetrics.version(container))
            .set("class", StateMetrics.gpuClass(container))
            .set("cuda_version", StateMetrics.cuda(container))
            .set("network", container.networkMode())
            .set("restart_policy", told.life().restartPolicy())
            .build();
    info = made;
    return made;
  }

  Labels gpu(String gpu, String foundBy) {
    return more.computeIfAbsent(
        new Extra("+gpu", gpu), _ -> own.with("gpu", gpu).with("found_by", foundBy));
  }

  Labels volume(Container.Mount mount) {
    return more.computeIfAbsent(
        new Extra("+volume", mount.destination()),
        _ ->
            own.toBuilder()
                .set("type", mount.type())
                .set("volume", mount.name())
                .set("source", mount.source())
                .set("destination", mount.destination())
                .set("mode", mount.writable() ? "rw" : "ro")
                .build());
  }

  /** Our own labels and one more; sets that come and go are not kept for ever. */
  Labels own(String name, String value) {
    if (more.size() > 1_000) more.clear();
    // a sign before the name keeps the two kinds apart
    return more.computeIfAbsent(new Extra("+" + name, value), _ -> own.with(name, value));
  }
}
