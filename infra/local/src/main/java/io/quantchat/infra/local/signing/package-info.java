/// Signature Version 4, as far as all who check it share it.
package io.quantchat.infra.local.signing;
