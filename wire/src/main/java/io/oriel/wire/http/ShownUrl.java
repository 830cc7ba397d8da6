package io.oriel.wire.http;

import java.net.URI;
import java.net.URISyntaxException;

/** An address as logs, messages and metrics have it: whoever reads them learns no password. */
public final class ShownUrl {
  private static final String HIDDEN = "<secret>";

  private ShownUrl() {}

  /** The address; {@code http://user:<secret>@host/} where it has a password. */
  public static String of(URI url) {
    return of(url.toString());
  }

  /** The same of what may be no address: where it is not clear what is a password, more is hid. */
  public static String of(String text) {
    int begin = text.indexOf("//") + 2;
    int at = begin < 2 || hasHostAlone(text) ? -1 : text.lastIndexOf('@');
    if (at < begin) return text;
    int colon = text.indexOf(':', begin);
    String user = colon >= 0 && colon < at ? text.substring(begin, colon + 1) : "";
    return text.substring(0, begin) + user + HIDDEN + text.substring(at);
  }

  private static boolean hasHostAlone(String text) {
    try {
      var url = new URI(text);
      return url.getHost() != null && url.getRawUserInfo() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
