import { type Change, StoreError } from '../store';

/** Of all that there is, nothing: where even the directory can't be read. */
export function wiped(): Change[] {
  return ['searchTail', 'searchBlocks', 'searchDirectory'].map((table) => ({
    op: 'deleteAll',
    table,
    prefix: [],
  }));
}

export async function unlessDamaged<T>(read: () => Promise<T>): Promise<T | 'damaged'> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'damaged') {
      return 'damaged';
    }
    throw error;
  }
}
