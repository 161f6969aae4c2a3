/** A part of the sandbox whose state outlives it where `--state DIR` is given. All of it is JSON. */
export interface Persistent {
  /** Names the part's file in the state folder. */
  readonly key: string
  snapshot(): unknown
  /** Takes back what `snapshot` gave; called once, before the first request. */
  restore(state: unknown): void
}
