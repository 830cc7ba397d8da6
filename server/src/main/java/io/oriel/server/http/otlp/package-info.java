/**
 * OTLP as OpenTelemetry's exporters speak it: metrics by HTTP (protobuf and JSON) and by gRPC.
 *
 * <p>In: calls. Out: answers of the protocol, failures included. Come in by {@link
 * io.oriel.server.http.otlp.OtlpApi}. gRPC is its framing of five bytes over the server's own
 * HTTP/2, with the status in trailers; see {@code docs/adr/0014-otlp-without-grpc-java.md}.
 */
@NullMarked
package io.oriel.server.http.otlp;

import org.jspecify.annotations.NullMarked;
