import type { Key, Listing, Row } from '../store/store';

type Part = number | string;

function isPart(value: unknown): value is Part {
  return typeof value === 'number' || typeof value === 'string';
}

/** The fields' values; nothing where one isn't there: such a row isn't in that index. */
export function fieldsOf(row: Row, fields: readonly string[]): Part[] | undefined {
  const values = fields.map((field) => row[field]);
  return values.every(isPart) ? values : undefined;
}

/** A row's key: of one field that field alone, as IndexedDB has it. */
export function keyOf(row: Row, fields: readonly string[]): Key {
  const values = fieldsOf(row, fields);
  const [first] = values ?? [];
  if (!values || first === undefined) {
    throw new Error(`A row without its key: ${fields.join(', ')}`);
  }
  return values.length === 1 ? first : values;
}

/** As IndexedDB compares: numbers before texts, texts by their UTF-16, arrays part by part. */
export function compareKeys(one: Key, other: Key): number {
  const [left, right] = [[one].flat(), [other].flat()];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareParts(left[i] as Part, right[i] as Part);
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

function compareParts(one: Part, other: Part): number {
  if (typeof one !== typeof other) {
    return typeof one === 'number' ? -1 : 1;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether such values are within a listing's bounds. */
export function isWithin(
  values: Part[] | undefined,
  { prefix = [], after, before }: Pick<Listing, 'prefix' | 'after' | 'before'>,
): boolean {
  if (!values || prefix.some((part, i) => values[i] !== part)) {
    return false;
  }
  const next = values[prefix.length];
  return (
    (after === undefined || (next !== undefined && compareParts(next, after) > 0)) &&
    (before === undefined || (next !== undefined && compareParts(next, before) < 0))
  );
}
