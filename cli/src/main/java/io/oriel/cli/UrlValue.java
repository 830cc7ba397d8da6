package io.oriel.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where something answers by HTTP, as an option takes it; a slash at the end is left out. */
final class UrlValue implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      var url = new URI(text.replaceAll("/+$", ""));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getRawQuery() == null) return url;
    } catch (URISyntaxException _) {
      // said below
    }
    throw new TypeConversionException(
        "'" + text + "' is no address; write it like http://127.0.0.1:24000");
  }
}
