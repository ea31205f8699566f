/**
 * The one Trusted Types policy of this program (`trusted-types quantchat` in the CSP): the scripts
 * that may be started by address are its own.
 */
interface Policy {
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const own: Policy = {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) {
      throw new TypeError('A script of another place is not started');
    }
    return url;
  },
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory ? factory.createPolicy('quantchat', own) : own;

/** The address of a script of this program, as the browser wants it. */
export function scriptUrl(url: string): string {
  return policy.createScriptURL(url);
}
