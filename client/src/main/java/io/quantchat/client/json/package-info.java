/// JSON, read and written in one place.
package io.quantchat.client.json;
