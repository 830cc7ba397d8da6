package io.oriel.collect.discover;

import io.oriel.collect.litellm.LitellmOptions;

/** What a person decides about reading one system, for the kinds where there is something. */
public record SystemOptions(LitellmOptions litellm) {
  public static final SystemOptions NORMAL = new SystemOptions(LitellmOptions.NORMAL);
}
