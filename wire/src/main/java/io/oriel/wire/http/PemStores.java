package io.oriel.wire.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes key stores, in memory and without a password, of PEM texts. */
public final class PemStores {
  private static final char[] NO_PASSWORD = {};
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END");

  /** Kinds of keys, each with a signature that proves a key to be that of a certificate. */
  private static final Map<String, String> KINDS =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "Ed25519", "Ed25519");

  private PemStores() {}

  /** What opens the stores. */
  public static char[] password() {
    return NO_PASSWORD; // there is nothing in it to be changed
  }

  /**
   * A certificate chain with the key of its first one.
   *
   * @throws GeneralSecurityException where a text is none, or the key is another certificate's;
   *     says what to do
   */
  public static KeyStore own(String cert, String key) throws GeneralSecurityException, IOException {
    Certificate[] chain = certificates(cert);
    PrivateKey secret = privateKey(key);
    refuseStrangers(secret, chain[0]);
    KeyStore store = empty();
    store.setKeyEntry("own", secret, NO_PASSWORD, chain);
    return store;
  }

  /** Those who sign others' certificates. */
  public static KeyStore trusted(String ca) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate each : certificates(ca)) store.setCertificateEntry("ca" + number++, each);
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Certificate[] certificates(String pem) throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(US_ASCII));
    var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    if (found.isEmpty()) throw new GeneralSecurityException("there is no certificate in the PEM");
    return found.toArray(Certificate[]::new);
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher key = KEY.matcher(pem);
    if (!key.find()) throw new GeneralSecurityException("there is no private key in the PEM");
    if (!key.group(1).equals("PRIVATE KEY")) {
      throw new GeneralSecurityException(
          "the key is a '%s'; convert it by openssl pkcs8 -topk8 -nocrypt".formatted(key.group(1)));
    }
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(2)));
    for (String kind : KINDS.keySet()) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(spec);
      } catch (InvalidKeySpecException _) {
        // another kind of key: the next one tries
      }
    }
    throw new GeneralSecurityException("the private key is neither RSA, EC nor Ed25519");
  }

  /** A key of another certificate would be found out by the first caller only. */
  private static void refuseStrangers(PrivateKey key, Certificate certificate)
      throws GeneralSecurityException {
    String kind = key.getAlgorithm().equals("EdDSA") ? "Ed25519" : key.getAlgorithm();
    Signature signature = Signature.getInstance(KINDS.getOrDefault(kind, kind));
    byte[] text = "a key and its certificate".getBytes(US_ASCII);
    boolean theirs;
    try {
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate);
      signature.update(text);
      theirs = signature.verify(signed);
    } catch (GeneralSecurityException _) {
      theirs = false; // of another kind
    }
    if (!theirs) throw new GeneralSecurityException("the key is not that of the certificate");
  }
}
