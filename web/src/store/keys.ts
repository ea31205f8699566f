import type { Key, Listing, Row, Schema, TableSpec } from './store';

/** A key as it is stored: always a list, so that every key and index can be asked by its beginning. */
export type Parts = (number | string)[];

/** A row's key and its entries in indexes: all of it that stands in clear. */
export interface Clear {
  key: Parts;
  indexes: Record<string, Parts>;
}

export function specOf(schema: Schema, table: string): TableSpec {
  const spec = schema[table];
  if (spec === undefined) {
    throw new TypeError(`There is no table ${table}.`);
  }
  return spec;
}

export function partsOf(key: Key): Parts {
  return Array.isArray(key) ? key : [key];
}

/** What of the row stands in clear. */
export function clearOf(spec: TableSpec, row: Row): Clear {
  const key = fieldsOf(spec.key, row);
  if (key === undefined) {
    throw new TypeError(`A row lacks its key: ${spec.key.join(', ')}.`);
  }
  const indexes: Record<string, Parts> = {};
  for (const [name, fields] of Object.entries(spec.indexes)) {
    const entry = fieldsOf(fields, row);
    if (entry !== undefined) {
      indexes[name] = entry;
    }
  }
  return { key, indexes };
}

/** What can be said of a row that can't be opened. */
export function markedDamaged(spec: TableSpec, clear: Clear): Row {
  const fields = Object.entries(spec.indexes)
    .map(([name, fields]) => [fields, clear.indexes[name] ?? []] as const)
    .concat([[spec.key, clear.key]])
    .flatMap(([names, values]) => names.map((name, at) => [name, values[at]] as const))
    .filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(fields), damaged: true };
}

function fieldsOf(fields: readonly string[], row: Row): Parts | undefined {
  const parts: Parts = [];
  for (const field of fields) {
    const value = row[field];
    if (typeof value !== 'string' && (typeof value !== 'number' || Number.isNaN(value))) {
      return undefined;
    }
    parts.push(value);
  }
  return parts;
}

/** Numbers before texts, texts by UTF-16 units, a list's beginning before the list. */
export function compareParts(one: Parts, other: Parts): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at++) {
    const order = comparePart(one[at] ?? 0, other[at] ?? 0);
    if (order !== 0) {
      return order;
    }
  }
  return one.length - other.length;
}

function comparePart(one: number | string, other: number | string): number {
  if (typeof one !== typeof other) {
    return typeof one === 'number' ? -1 : 1;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether a listing takes an entry. */
export function isWithin(entry: Parts, listing: Omit<Listing, 'index'>): boolean {
  const prefix = listing.prefix ?? [];
  if (prefix.some((part, at) => entry[at] !== part)) {
    return false;
  }
  const next = entry[prefix.length];
  if (
    listing.after !== undefined &&
    (next === undefined || comparePart(next, listing.after) <= 0)
  ) {
    return false;
  }
  return (
    listing.before === undefined || next === undefined || comparePart(next, listing.before) < 0
  );
}

/**
 * The same as a range of IndexedDB. A list comes after all numbers and texts, so `[...prefix, []]`
 * is the end of what begins with the prefix. `undefined` where nothing can lie in it.
 */
export function rangeOf(listing: Omit<Listing, 'index'>): IDBKeyRange | undefined {
  const prefix = listing.prefix ?? [];
  const lower = listing.after === undefined ? prefix : [...prefix, listing.after, []];
  const upper = [...prefix, listing.before === undefined ? [] : listing.before];
  const { after, before } = listing;
  if (after !== undefined && before !== undefined && comparePart(after, before) >= 0) {
    return undefined;
  }
  return IDBKeyRange.bound(lower, upper, false, true);
}
