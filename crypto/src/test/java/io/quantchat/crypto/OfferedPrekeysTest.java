package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a batch shares travels once, and each prekey is proven as if it had come by itself. */
class OfferedPrekeysTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Person ann = Person.named("ann");
  private final Identity identity = ann.identityKeys.identity();

  @Test
  void whateverIsTakenOfABatchComesBackProven() {
    ann.addPrekeys(7);
    for (int first = 0; first < 7; first++) {
      for (int second = 0; second < 7; second++) {
        assertComesBack(offers(first, second, 6 - first));
      }
    }
    assertComesBack(List.of());
  }

  @Test
  void prekeysOfSeveralBatchesKeepTheirOwnSignatures() {
    ann.addPrekeys(2);
    ann.addPrekeys(1);
    ann.addPrekeys(5);

    Map<String, Object> map = assertComesBack(offers(1, 2, 3, 0, 4));

    assertThat(list(map, "batches")).hasSize(3);
    assertThat(list(map, "one_time_prekeys"))
        .extracting(prekey -> prekey.get("batch"))
        .containsExactly(0, 1, 2, 0, 2);
  }

  @Test
  void fiveOfABatchTakeLessThanFifteenKilobytes() throws Exception {
    ann.addPrekeys(128);
    List<OfferedPrekey> five = offers(0, 1, 2, 3, 4);

    int together = JSON.writeValueAsBytes(assertComesBack(five)).length;
    int each = JSON.writeValueAsBytes(five.stream().map(OfferedPrekey::toMap).toList()).length;

    assertThat(together).isLessThan(15_000);
    assertThat(each).isGreaterThan(34_000);
  }

  @Test
  void aPathOfAnotherLengthThanIsDueIsRefused() {
    ann.addPrekeys(8);
    Map<String, Object> map = new OfferedPrekeys(ann.userId, offers(0, 1)).toMap();
    List<?> first = (List<?>) list(map, "one_time_prekeys").get(0).get("path");
    List<?> second = (List<?>) list(map, "one_time_prekeys").get(1).get("path");
    assertThat(first).hasSize(3);
    assertThat(second).hasSize(1);

    assertThat(refusalOf(withPrekey(map, 0, "path", first.subList(0, 2))))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(refusalOf(withPrekey(map, 1, "path", List.of()))).isEqualTo(Refusal.TRUNCATED);
    assertThat(refusalOf(withPrekey(map, 1, "path", first))).isEqualTo(Refusal.EXTENDED);
    assertThat(refusalOf(withPrekey(map, 1, "path", first.subList(0, 1))))
        .isEqualTo(Refusal.BAD_PROOF);
    assertThat(refusalOf(withPrekey(map, 1, "index", 0))).isEqualTo(Refusal.EXTENDED);
    assertThat(refusalOf(withPrekey(map, 1, "index", 8))).isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void aPrekeyOfNoBatchHereOrOfAnotherIsRefused() {
    ann.addPrekeys(2);
    ann.addPrekeys(2);
    Map<String, Object> map = new OfferedPrekeys(ann.userId, offers(0, 2)).toMap();

    assertThat(refusalOf(withPrekey(map, 0, "batch", 2))).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(withPrekey(map, 0, "batch", -1))).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(withPrekey(map, 0, "batch", 1L << 32))).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(withPrekey(map, 0, "batch", null))).isEqualTo(Refusal.MISSING);
    assertThat(refusalOf(withPrekey(map, 0, "batch", 1))).isEqualTo(Refusal.EXTENDED);
    assertThat(refusalOf(withPrekey(map, 1, "batch", 0))).isEqualTo(Refusal.EXTENDED);
    Map<String, Object> swapped = new LinkedHashMap<>(map);
    swapped.put("batches", list(map, "batches").reversed());
    assertThat(refusalOf(swapped)).isEqualTo(Refusal.BAD_PROOF);
    Map<String, Object> another = new LinkedHashMap<>(map);
    another.put("user_id", Messages.ID.toString());
    assertThat(refusalOf(another)).isEqualTo(Refusal.WRONG_USER);
  }

  @Test
  void thereAreFiveAtMost() {
    ann.addPrekeys(6);

    assertComesBack(offers(0, 1, 2, 3, 4));
    assertThat(refusalOf(new OfferedPrekeys(ann.userId, offers(0, 1, 2, 3, 4, 5)).toMap()))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void anAnswerOfBeforeIsNotTakenForOneOfNow() {
    ann.addPrekeys(1);
    Map<String, Object> before =
        Map.of(
            "user_id",
            ann.userId.toString(),
            "one_time_prekeys",
            List.of(ann.offers.getFirst().toMap()));

    assertThat(refusalOf(before)).isEqualTo(Refusal.MISSING);
  }

  private List<OfferedPrekey> offers(int... places) {
    return IntStream.of(places).mapToObj(ann.offers::get).toList();
  }

  private Map<String, Object> assertComesBack(List<OfferedPrekey> offers) {
    Map<String, Object> map = new OfferedPrekeys(ann.userId, offers).toMap();

    OfferedPrekeys read = OfferedPrekeys.fromMap(map);

    read.all().forEach(prekey -> prekey.verify(ann.userId, identity));
    assertThat(read.all().stream().map(OfferedPrekey::toMap))
        .containsExactlyElementsOf(offers.stream().map(OfferedPrekey::toMap).toList());
    assertThat(read.toMap()).isEqualTo(map);
    return map;
  }

  private Refusal refusalOf(Map<String, Object> map) {
    return Messages.refusalBy(
        () ->
            OfferedPrekeys.fromMap(map)
                .all()
                .forEach(prekey -> prekey.verify(ann.userId, identity)));
  }

  private static Map<String, Object> withPrekey(
      Map<String, Object> map, int place, String member, Object value) {
    var prekeys = new ArrayList<>(list(map, "one_time_prekeys"));
    prekeys.set(place, Messages.with(prekeys.get(place), value, member));
    return Messages.with(map, prekeys, "one_time_prekeys");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> map, String name) {
    return (List<Map<String, Object>>) map.get(name);
  }
}
