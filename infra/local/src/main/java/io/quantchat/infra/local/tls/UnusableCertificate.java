package io.quantchat.infra.local.tls;

/** Why a certificate or its key can't be used, in one sentence that says what to do. */
public final class UnusableCertificate extends Exception {

  UnusableCertificate(String sentence) {
    super(sentence);
  }

  UnusableCertificate(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
