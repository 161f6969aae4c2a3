/** Calls `load` at the first use and shares its answer: SDK clients are loaded only by commands that need them. */
export function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => (value ??= load())
}
