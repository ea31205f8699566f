package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.Placeholders;
import io.quantchat.infra.database.expression.Update;
import io.quantchat.infra.database.expression.Update.Updated;
import io.quantchat.infra.database.item.InvalidValue;
import io.quantchat.infra.database.item.ItemCodec;
import io.quantchat.infra.database.item.ItemSize;
import io.quantchat.infra.database.storage.Storage;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A write of one item, ready to be tried.
 *
 * @param place the item's key in the table's space
 * @param isBlind whether nobody wants to know what was there
 */
record Write(Table table, byte[] place, Guard guard, Action action, boolean isBlind) {

  /** What becomes of an item. */
  sealed interface Action {
    /** It is replaced. Its bytes are made before anybody waits for it. */
    record Put(Map<String, AttributeValue> item, int size, byte[] bytes) implements Action {}

    /** It is changed; where there is none, one is made of the key. */
    record Change(
        Map<String, AttributeValue> key,
        Set<String> keyAttributes,
        Update update,
        Placeholders placeholders)
        implements Action {

      /** What it makes of an item; of its key where it has no expression and there is none. */
      Updated change(Map<String, AttributeValue> before) {
        Map<String, AttributeValue> item = before == null ? key : before;
        return update == null
            ? new Updated(item, null)
            : update.apply(item, placeholders, keyAttributes);
      }
    }

    /** It is removed. */
    record Remove() implements Action {}

    /** It stays, if its condition holds. */
    record Check() implements Action {}
  }

  /**
   * What a write would do, or did.
   *
   * @param holds whether the condition holds; if not, nothing was written
   * @param bytesBefore what was there; null where nothing was, or nobody wants to know
   * @param updated what an update changed; null where it was none
   * @param bytesAfter what is to be there then; null where nothing, or nothing new
   */
  record Effect(
      boolean holds, byte[] bytesBefore, Updated updated, int sizeAfter, byte[] bytesAfter) {

    /** What was there; null where nothing was. */
    Map<String, AttributeValue> before() {
      return bytesBefore == null ? null : ItemCodec.decode(bytesBefore);
    }

    /** Of what was there, what an update named. */
    Map<String, AttributeValue> updatedOld() {
      return bytesBefore == null || updated.touched() == null
          ? null
          : updated.touched().of(before());
    }

    /** Of what is there now, what an update named. */
    Map<String, AttributeValue> updatedNew() {
      return updated.touched() == null ? null : updated.touched().of(updated.item());
    }

    /** In capacity units. */
    double units() {
      return Capacity.ofWrite(ItemReads.sizeOf(bytesBefore), sizeAfter);
    }
  }

  /**
   * An item to put.
   *
   * @throws InvalidValue if it is larger than an item may be
   */
  static Action.Put put(Map<String, AttributeValue> item) {
    int size = ItemSize.of(item);
    if (size > ItemSize.MOST) {
      throw new InvalidValue("Item size has exceeded the maximum allowed size");
    }
    return new Action.Put(item, size, ItemCodec.encode(item, size));
  }

  /** Tells what the write would do to what is there, and does nothing. */
  Effect on(Storage.Change change) {
    boolean needsNothing =
        isBlind && guard.condition() == null && !(action instanceof Action.Change);
    return on(needsNothing ? null : change.get(table.space(), place));
  }

  private Effect on(byte[] before) {
    Map<String, AttributeValue> item =
        before != null && (guard.condition() != null || action instanceof Action.Change)
            ? ItemCodec.decode(before)
            : null;
    if (!guard.holds(item == null ? Map.of() : item)) {
      return new Effect(false, before, null, 0, null);
    }
    return switch (action) {
      case Action.Put(var _, int size, byte[] bytes) -> new Effect(true, before, null, size, bytes);
      case Action.Change change -> changed(before, change.change(item));
      case Action.Remove _, Action.Check _ -> new Effect(true, before, null, 0, null);
    };
  }

  private static Effect changed(byte[] before, Updated updated) {
    int size = ItemSize.of(updated.item());
    if (size > ItemSize.MOST) {
      throw new InvalidValue("Item size to update has exceeded the maximum allowed size");
    }
    return new Effect(true, before, updated, size, ItemCodec.encode(updated.item(), size));
  }

  /** Does what {@link #on} told. */
  void apply(Effect effect, Storage.Change change) {
    switch (action) {
      case Action.Check _ -> {}
      case Action.Remove _ -> change.delete(table.space(), place);
      case Action.Put _, Action.Change _ -> change.put(table.space(), place, effect.bytesAfter());
    }
  }
}
