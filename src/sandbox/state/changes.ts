import type { Change } from './persistent.ts'

/** Which records changed since somebody asked. Nothing is noted before the first time. */
export class Changes<Value> {
  readonly #toJson: (value: Value) => unknown
  #noted: Map<string, Value | undefined> | undefined

  /** @param toJson what is kept of a record; called when the changes are taken */
  constructor(toJson: (value: Value) => unknown = (value) => value) {
    this.#toJson = toJson
  }

  /** @param value undefined for a record that is gone */
  note(key: string, value: Value | undefined): void {
    this.#noted?.set(key, value)
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
