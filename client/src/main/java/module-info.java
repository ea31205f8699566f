/// A client of QuantChat. Open to other programs are the door, with what it tells
/// (`io.quantchat.client`), and the values that go through it, with what it throws
/// (`io.quantchat.client.model`).
@SuppressWarnings("module") // The command line is built after this.
module io.quantchat.client {
  requires com.fasterxml.jackson.core;
  requires java.desktop;
  requires java.net.http;
  requires java.sql;
  requires org.bouncycastle.provider;
  requires org.xerial.sqlitejdbc;
  requires transitive io.quantchat.crypto;

  exports io.quantchat.client;
  exports io.quantchat.client.model;
  exports io.quantchat.client.disk to
      io.quantchat.cli;
  exports io.quantchat.client.json to
      io.quantchat.cli;
}
