/**
 * The version of all JSON that programs read. It rises when a field is taken away or renamed, or gets another type,
 * unit or meaning. Additions do not raise it.
 */
export const schemaVersion = 1

/** A field of events. */
export interface Timed {
  /** Milliseconds since the epoch. */
  time: number
}

/** A document or an event with the version of its schema in front. A JSON Schema says its own version in `$schema`. */
export function versioned<Content extends object>(content: Content): Content | WithVersion<Content> {
  return '$schema' in content ? content : { schemaVersion, ...content }
}

type WithVersion<Content extends object> = Content & { schemaVersion: typeof schemaVersion }
