/** Files and folders of this machine that are their owner's alone. */
package io.quantchat.client.disk;
