package io.quantchat.infra.dist;

/** Why there is no archive, in a sentence. */
final class DistException extends Exception {

  private static final long serialVersionUID = 1;

  DistException(String sentence) {
    super(sentence);
  }
}
