/** Mail that lands in a folder, where AWS has SES. */
package io.quantchat.infra.local.mail;
