/// Who has whom as a contact, and who has blocked whom.
///
/// One row of the contacts table is one account's entry of another; the other need not have it
/// back:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` (partition) | S | who added |
/// | `contact_id` (sort) | S | who was added |
/// | `created_at` | N | epoch milliseconds |
/// | `given_email` | S | a mark of the e-mail address that who added gave, or `-` |
///
/// A block is no row here: it stands in the blocking account itself, where a send finds it without
/// another read, and it outlives the contact.
package io.quantchat.contacts;
