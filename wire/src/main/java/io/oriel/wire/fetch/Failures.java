package io.oriel.wire.fetch;

import io.oriel.wire.yaml.PrometheusDuration;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/** The one place where what went wrong becomes words: what happened, and what to do. */
final class Failures {
  private final PageRequest request;
  private final Asker asker;

  Failures(PageRequest request) {
    this.request = request;
    this.asker = request.asker();
  }

  /** Host and port, or the socket's file, as configured. */
  String who() {
    String authority = request.uri().getRawAuthority();
    return authority == null ? request.uri().getPath() : authority;
  }

  FetchFailure of(IOException e) {
    return switch (e) {
      case PageBuffer.TooLarge _ ->
          failure(
              "the page is larger than %d bytes, unpacked".formatted(request.maxBytes()),
              request.tooLarge());
      case PageRoom.NoRoom _ ->
          failure(
              "other targets' large pages held all memory there is for pages",
              "let them tell less, or give Oriel more heap");
      case SocketTimeoutException _ -> {
        String limit = PrometheusDuration.format(Duration.ofMillis(request.timeoutMs()));
        yield failure(
            who() + " did not answer within " + limit, "see why it is slow" + asker.moreTime);
      }
      case UnknownHostException _ ->
          failure(
              "the name %s is not known".formatted(request.uri().getHost()),
              "check the address, or the name server");
      case ResponseHead.NotHttp not when not.looksLikeTls ->
          failure(who() + " answers with TLS", "set scheme: https");
      case ResponseHead.NotHttp _ -> failure(who() + " does not speak HTTP", "is the port right?");
      case SSLException _ -> tls(e);
      case ConnectException _ ->
          failure(who() + " refused the connection", "is %s running?".formatted(asker.peer));
      case NoRouteToHostException _ ->
          failure("there is no way to " + who(), "check network and firewall");
      case ZipException _ -> failure(who() + " sent a broken gzip body", asker.brokenPacking);
      case EOFException _ ->
          failure(who() + " ended the connection within its answer", "look at " + asker.log);
      case SocketException _ -> failure(who() + " broke the connection", "look at " + asker.log);
      case FileSystemException file ->
          failure(
              "the file %s can't be read".formatted(file.getFile()),
              "check the file of credentials or certificates in " + asker.section);
      default ->
          failure("%s can't be read (%s)".formatted(who(), e.getMessage()), "try it by curl");
    };
  }

  private FetchFailure tls(IOException e) {
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("plaintext connection")) {
      return failure(who() + " does not speak TLS", "set scheme: http");
    }
    if (reason.contains("certification path") || reason.contains("trust")) {
      return failure(
          "the certificate of %s is not signed by anybody trusted".formatted(who()),
          "name its CA in tls_config.ca_file");
    }
    if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
      return failure(
          "the certificate of %s is for another name".formatted(who()),
          "set tls_config.server_name");
    }
    return failure(
        "TLS with %s failed (%s)".formatted(who(), reason), "check tls_config of " + asker.section);
  }

  FetchFailure status(ResponseHead head, Ask ask) {
    String path = ask.target().replaceFirst("\\?.*", "");
    String remedy =
        switch (head.status()) {
          case 401, 403 -> "check the credentials of " + asker.section;
          case 404 -> asker.noSuchPath.formatted(path);
          case 301, 302, 303, 307, 308 -> "set follow_redirects: true, or the right address";
          case 429 -> "ask it less often";
          default -> "look at " + asker.log;
        };
    return new FetchFailure(
        "%s answered %s".formatted(who(), head.shown()),
        remedy,
        head.status(),
        head.retryAfterMs());
  }

  /** Where a redirect leads to. */
  URI redirected(URI from, ResponseHead head) throws FetchFailure {
    try {
      URI to = from.resolve(URI.create(head.header("location")));
      boolean known = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      if (known && to.getHost() != null && !head.header("location").isEmpty()) return to;
    } catch (IllegalArgumentException e) {
      // told below, in one way
    }
    throw failure(
        "%s redirects to no address".formatted(who()),
        "configure the address where the metrics are");
  }

  private static FetchFailure failure(String happened, String remedy) {
    return new FetchFailure(happened, remedy);
  }
}
