import type { Change, Persistent } from './persistent.ts'

/** The records that changed since the last call. Before the first call nothing is collected. */
export class Changes<Value> {
  readonly #toJson: (value: Value) => unknown
  #noted: Map<string, Value | undefined> | undefined

  /** @param toJson the stored form of a record; called when the changes are taken */
  constructor(toJson: (value: Value) => unknown = (value) => value) {
    this.#toJson = toJson
  }

  /** @param value undefined for a deleted record */
  note(key: string, value: Value | undefined): void {
    this.#noted?.set(key, value)
  }

  /** These records as a part of the state. */
  keptAs(kind: string, apply: Persistent['apply']): Persistent {
    return { kind, changes: () => this.take(), apply }
  }

  take(): Change[] {
    const noted = this.#noted ?? new Map<string, Value | undefined>()
    this.#noted = new Map()
    return Array.from(noted, ([key, value]) => [
      key,
      value === undefined ? undefined : JSON.stringify(this.#toJson(value)),
    ])
  }
}
