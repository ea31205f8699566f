import { fromHex } from '../bytes';
import { isObject } from '../canonicalJson';
import type { JsonObject } from '../json';
import { CheckFailed } from './expect';

/** A value of a file of vectors, and the way to what is in it: where it isn't, the check fails. */
export class Node {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  /** A member or an element, however deep. */
  at(...path: (string | number)[]): Node {
    let value = this.value;
    for (const name of path) {
      if (Array.isArray(value)) {
        value = value[Number(name)];
      } else {
        value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      }
    }
    return new Node(value);
  }

  has(name: string): boolean {
    return this.at(name).value !== undefined;
  }

  get text(): string {
    if (typeof this.value !== 'string') {
      throw new CheckFailed(`${JSON.stringify(this.value)} is no text`);
    }
    return this.value;
  }

  get number(): number {
    if (typeof this.value !== 'number') {
      throw new CheckFailed(`${JSON.stringify(this.value)} is no number`);
    }
    return this.value;
  }

  /** Of what is in hex. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return fromHex(this.text);
  }

  get list(): Node[] {
    if (!Array.isArray(this.value)) {
      throw new CheckFailed(`${JSON.stringify(this.value)} is no list`);
    }
    return this.value.map((element) => new Node(element));
  }

  get object(): JsonObject {
    if (!isObject(this.value)) {
      throw new CheckFailed(`${JSON.stringify(this.value)} is no object`);
    }
    return this.value;
  }

  /** Names and values. */
  get members(): [string, Node][] {
    return Object.entries(this.object).map(([name, value]) => [name, new Node(value)]);
  }
}

/** A copy in which a member or an element, by an RFC 6901 pointer, is another; gone for null. */
export function changed(object: JsonObject, pointer: string, value: unknown): JsonObject {
  const copy = structuredClone(object);
  const path = pointer.split('/').slice(1);
  const name = path.pop() ?? '';
  const parent = new Node(copy).at(...path).value;
  if (Array.isArray(parent)) {
    parent[Number(name)] = value;
  } else if (isObject(parent)) {
    const members = parent as Record<string, unknown>;
    if (value === null) {
      delete members[name];
    } else {
      members[name] = value;
    }
  }
  return copy;
}
