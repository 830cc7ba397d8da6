package io.oriel.server.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty itself refuses (a malformed request) is said in one line, without a page around it.
 */
final class PlainErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String line = "the request can't be read" + (reason == null ? "" : ": " + reason) + "\n";
    response.getHeaders().put("Content-Type", Answer.TEXT);
    response.getHeaders().put("Connection", "close"); // what follows can't be read either
    Content.Sink.write(
        response,
        true,
        new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
        callback);
    return true;
  }
}
