/**
 * What strangers try against a relay that is open to them, played by {@code ./quantchat attack}.
 */
package io.quantchat.infra.demo.attacks;
