/** One field of a message's head, as it is written: its value without the line ends that a long one has. */
export interface Field {
  name: string;
  value: string;
}

export const FIELD = {
  EXPORT: 'quantchat',
  ID: 'id',
  FROM: 'from',
  TO: 'to',
  TIMESTAMP: 'timestamp',
  STATE: 'state',
  /** That the message was imported when it was exported: for people, and dropped when read. */
  IMPORTED: 'imported',
  /** A detail whose name can't be a field's: a JSON array of its name and its value. */
  DETAIL: 'detail',
  EXACT: 'exact',
  DIGEST: 'digest',
  /** Begins a line that goes on with the value above it. */
  MORE: '+',
} as const;

/** What a detail can't be called where it is a field. */
export const RESERVED: ReadonlySet<string> = new Set(Object.values(FIELD));

/** What would be taken for something else than a detail. */
export const STRUCTURE: ReadonlySet<string> = new Set([
  FIELD.ID,
  FIELD.FROM,
  FIELD.TO,
  FIELD.TIMESTAMP,
  FIELD.STATE,
]);
