/** Calls `load` at the first use and shares its result: only commands that need SDK clients load them. */
export function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => (value ??= load())
}
