/// The command line: it uses what any program can use of the client.
@SuppressWarnings("requires-automatic") // JLine has no descriptors.
module io.quantchat.cli {
  requires info.picocli;
  requires io.quantchat.client;
  requires io.quantchat.crypto;
  requires jdk.net;
  requires org.jline.reader;
  requires org.jline.terminal;
  requires org.xerial.sqlitejdbc;

  opens io.quantchat.cli to
      info.picocli;
}
