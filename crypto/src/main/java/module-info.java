/// The end-to-end suites: one package, in which all that isn't for other programs is
/// package-private.
module io.quantchat.crypto {
  requires org.bouncycastle.provider;

  exports io.quantchat.crypto;
}
