/**
 * The encoding under Prometheus' remote protocols: fields of protobuf messages, written and read by
 * hand, and the snappy block around them.
 *
 * <p>In and out: bytes. Which field means what is known by the rooms that use this; nothing is
 * generated. Come in by {@link io.oriel.wire.protobuf.Fields} to read, by {@link
 * io.oriel.wire.protobuf.FieldWriter} to write, by {@link io.oriel.wire.protobuf.SnappyBlock} for
 * what is around. Wrong bytes: {@link io.oriel.wire.protobuf.Malformed}.
 */
@NullMarked
package io.oriel.wire.protobuf;

import org.jspecify.annotations.NullMarked;
