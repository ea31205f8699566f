package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are sealed as Tink's streaming AEAD seals them, with zeros behind them. */
class SealedFileTest {

  /** Bytes of a file in the first segment, and in each after it. */
  private static final int FIRST = 65_480;

  private static final int REST = 65_520;

  static IntStream sizes() {
    return IntStream.concat(
        IntStream.of(0, 1, 100, 4095, 4096, 4097, 10_000, 65_535, 65_536, 100_000),
        IntStream.of(FIRST, FIRST + REST, FIRST + 2 * REST, FIRST + 3 * REST)
            .flatMap(border -> IntStream.of(border - 1, border, border + 1)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void tinkOpensWhatIsSealedHere(int size) throws GeneralSecurityException, IOException {
    byte[] file = SealedFiles.counting(size);

    byte[] sealed = SealedFiles.seal(file);

    assertThat(SealedFiles.openByTink(sealed)).isEqualTo(SealedFiles.padded(file));
    assertThat(sealed).hasSize((int) FileSealer.sealedSize(size));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void whatTinkSealsIsOpenedHere(int size) throws GeneralSecurityException, IOException {
    byte[] file = SealedFiles.counting(size);

    byte[] sealed = SealedFiles.sealByTink(SealedFiles.padded(file));

    assertThat(SealedFiles.open(sealed, size)).isEqualTo(file);
  }

  @Test
  void tinkOpensWhatTheKnownAnswersHold() throws GeneralSecurityException, IOException {
    JsonNode answers =
        new ObjectMapper().readTree(Files.readString(KnownAnswersTest.FILE)).path("files");
    byte[] sealed = HexFormat.of().parseHex(answers.at("/sealed/1/sealed").asText());

    assertThat(SealedFiles.openByTink(sealed))
        .isEqualTo(SealedFiles.padded(SealedFiles.counting(100)));
    assertThat(answers.path("delete_hash").asText())
        .isEqualTo(HexFormat.of().formatHex(SealedFiles.KEY.deleteHash()));
  }

  @Test
  void sizesAreHidden() {
    assertThat(FileSealer.sealedSize(0)).isEqualTo(FileSealer.sealedSize(4096));
    assertThat(FileSealer.sealedSize(4097)).isEqualTo(FileSealer.sealedSize(4352));
    assertThat(FileForm.paddedSize(1_000_000)).isEqualTo(1_015_808);
    assertThat(FileForm.paddedSize(FileSealer.MOST_SIZE)).isEqualTo(FileSealer.MOST_SIZE);
    assertThat(FileSealer.sealedSize(FileSealer.MOST_SIZE))
        .isLessThanOrEqualTo(FileSealer.MOST_SIZE + 65_536);
    assertThat(Messages.refusalBy(() -> FileSealer.sealedSize(FileSealer.MOST_SIZE + 1)))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> FileSealer.sealedSize(-1))).isEqualTo(Refusal.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4097, FIRST + 1, 200_000})
  void streamsThatTrickleAreTheSame(int size) throws IOException {
    byte[] file = SealedFiles.counting(size);
    var sealed = new ByteArrayOutputStream();
    var opened = new ByteArrayOutputStream();

    new FileSealer(new ScriptedRandom("file")).seal(SealedFiles.KEY, trickling(file), sealed);
    new FileOpener(SealedFiles.KEY, size).open(trickling(sealed.toByteArray()), opened);

    assertThat(sealed.toByteArray()).isEqualTo(SealedFiles.seal(file));
    assertThat(opened.toByteArray()).isEqualTo(file);
  }

  private static InputStream trickling(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, 997));
      }
    };
  }

  @Test
  void aFileThatIsTooLargeIsRefusedWhereItIs() throws IOException {
    var read = new Endless();
    var file = new PaddedFile(read);
    var buffer = new byte[1 << 20];

    for (long size = 0; size < FileSealer.MOST_SIZE - buffer.length; size += buffer.length) {
      assertThat(file.read(buffer, buffer.length)).isEqualTo(buffer.length);
    }
    assertThat(Messages.refusalBy(() -> file.read(buffer, buffer.length)))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(read.count).isEqualTo(FileSealer.MOST_SIZE + 1);
  }

  /** A server that sends without end fills neither memory nor a disk. */
  @Test
  void noMoreIsReadThanTheFileHas() {
    var read = new Endless();
    var sealed =
        new SequenceInputStream(
            new ByteArrayInputStream(SealedFiles.seal(new byte[100_000])), read);
    var file = new ByteArrayOutputStream();

    assertThat(
            Messages.refusalBy(() -> new FileOpener(SealedFiles.KEY, 100_000).open(sealed, file)))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(read.count).isEqualTo(1);
    assertThat(file.size()).isLessThan(100_000);
  }

  /** Zeros, and how many of them were read. */
  private static final class Endless extends InputStream {

    private long count;

    @Override
    public int read() {
      count++;
      return 0;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      Arrays.fill(to, offset, offset + length, (byte) 0);
      count += length;
      return length;
    }
  }

  @Test
  void theSameFileIsSealedAnewEachTime() throws IOException {
    var random = new ScriptedRandom("two");
    var sealer = new FileSealer(random);
    var first = new ByteArrayOutputStream();
    var second = new ByteArrayOutputStream();

    sealer.seal(SealedFiles.KEY, InputStream.nullInputStream(), first);
    sealer.seal(SealedFiles.KEY, InputStream.nullInputStream(), second);

    assertThat(Arrays.copyOf(first.toByteArray(), 40))
        .isNotEqualTo(Arrays.copyOf(second.toByteArray(), 40));
    assertThat(Arrays.copyOfRange(first.toByteArray(), 40, 80))
        .isNotEqualTo(Arrays.copyOfRange(second.toByteArray(), 40, 80));
  }

  @Test
  void uploadsAreHashedWholeAndInParts() throws IOException, GeneralSecurityException {
    byte[] bytes = SealedFiles.counting(UploadHashes.PART_SIZE + 5);
    var copy = new ByteArrayOutputStream();
    var hashes = new UploadHashes(copy);
    assertThat(hashes.parts()).isEmpty();

    hashes.write(bytes[0]);
    hashes.write(bytes, 1, UploadHashes.PART_SIZE - 3);
    hashes.write(bytes, UploadHashes.PART_SIZE - 2, 2);
    assertThat(hashes.parts())
        .containsExactly(sha256(Arrays.copyOf(bytes, UploadHashes.PART_SIZE)));
    hashes.write(bytes, UploadHashes.PART_SIZE, 5);

    assertThat(hashes.size()).isEqualTo(bytes.length);
    assertThat(hashes.sha256()).isEqualTo(sha256(bytes)).isEqualTo(hashes.sha256());
    assertThat(hashes.parts())
        .hasSize(2)
        .last()
        .isEqualTo(sha256(Arrays.copyOfRange(bytes, bytes.length - 5, bytes.length)));
    assertThat(copy.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void aKeyIsShownToNobody() {
    FileKey key = FileKey.generate(new ScriptedRandom("secret"));
    byte[] bytes = key.toSecret().bytes();

    assertThat(key)
        .hasToString("FileKey")
        .isEqualTo(FileKey.of(bytes))
        .hasSameHashCodeAs(SealedFiles.KEY);
    assertThat(key).isNotEqualTo(SealedFiles.KEY);
    key.close();
    assertThatThrownBy(key::toSecret).isInstanceOf(IllegalStateException.class);
    assertThat(Messages.refusalBy(() -> FileKey.of(Arrays.copyOf(bytes, 31))))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(Messages.refusalBy(() -> FileKey.of(Arrays.copyOf(bytes, 33))))
        .isEqualTo(Refusal.EXTENDED);
  }

  /** By the JDK's HMAC: RFC 5869 with as many zeros as the hash has for the salt. */
  @Test
  void whatDeletesAFileIsDerivedFromItsKey() throws GeneralSecurityException {
    byte[] prk = hmac(new byte[32], SealedFiles.KEY.toSecret().bytes());
    byte[] secret = hmac(prk, "QuantChat media delete 1\u0001".getBytes(StandardCharsets.US_ASCII));

    assertThat(SealedFiles.KEY.deleteSecret().bytes()).isEqualTo(secret);
    assertThat(SealedFiles.KEY.deleteHash()).isEqualTo(sha256(secret));
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
