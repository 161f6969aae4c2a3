/**
 * The identifiers that a function reports with `ReportBatchItemFailures`: none for an answer without names.
 *
 * @returns undefined for an answer that Lambda can't understand, which counts as a failure of the whole batch
 */
export function reportedFailures(answer: Uint8Array, known: ReadonlySet<string>): string[] | undefined {
  const ids = failuresIn(answer)?.map((each) => (Object(each) as { itemIdentifier?: unknown }).itemIdentifier)
  return ids?.every((id): id is string => typeof id === 'string' && known.has(id)) ? ids : undefined
}

/** Undefined for an answer that is not understood. */
function failuresIn(answer: Uint8Array): unknown[] | undefined {
  const text = Buffer.from(answer).toString().trim()
  if (text === '') return []
  try {
    const value: unknown = JSON.parse(text)
    if (value === null) return []
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    const { batchItemFailures: failures = [] } = value as { batchItemFailures?: unknown }
    if (failures === null) return []
    return Array.isArray(failures) ? failures : undefined
  } catch {
    return undefined
  }
}
