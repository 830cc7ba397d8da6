package io.oriel.server.http.otlp;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;

/** What gRPC calls a failure; by UNAVAILABLE alone a sender of OTLP knows to send again. */
enum GrpcStatus {
  OK(0),
  INVALID_ARGUMENT(3),
  NOT_FOUND(5),
  PERMISSION_DENIED(7),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14);

  private final int code;

  GrpcStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static GrpcStatus of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Unavailable _ -> UNAVAILABLE;
      case Refusal.TimedOut _ -> UNAVAILABLE;
      case Refusal.LimitReached full when full.limit() == Limit.REQUEST_BODIES_BYTES -> UNAVAILABLE;
      case Refusal.LimitReached _ -> INVALID_ARGUMENT; // it will never be taken as it is
      case Refusal.NotFound _ -> NOT_FOUND;
      case Refusal.Denied _ -> PERMISSION_DENIED;
      case Refusal.CannotStart _ -> INTERNAL;
      case Refusal.BadRequest _ -> INVALID_ARGUMENT;
      case Refusal.BadQuery _ -> INVALID_ARGUMENT;
      case Refusal.QueryFailed _ -> INVALID_ARGUMENT;
      case Refusal.Cancelled _ -> INVALID_ARGUMENT;
    };
  }
}
