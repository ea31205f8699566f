package io.quantchat.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that runs once on each {@link StoreBackend}: on the embedded database, and on
 * LocalStack where that is; else the second run is skipped with the reason. The class takes its
 * tables through the constructor:
 *
 * <pre>{@code
 * @StoreTest
 * class ContactStoreTest {
 *   private final ContactStore contacts;
 *
 *   ContactStoreTest(StoreTables tables) {
 *     contacts = new ContactStore(tables.client(), tables.name("ContactsTable"));
 *   }
 *
 *   @Test
 *   void aContactAddedIsListed() { … }
 * }
 * }</pre>
 *
 * The tests of a class share its tables: use ids of your own in each, or call {@link
 * StoreTables#clear}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(OnEachBackend.class)
public @interface StoreTest {}
