/**
 * What IndexedDB answers.
 *
 * @throws DOMException what it says instead
 */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Waits until all of a transaction is stored.
 *
 * @throws DOMException why none of it is
 */
export function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // Who ends it on purpose leaves no error.
    transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
  });
}
