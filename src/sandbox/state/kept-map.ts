import { Changes } from './changes.ts'
import type { Persistent, Row } from './persistent.ts'

/** A map whose entries are kept on disk. A value that is changed in place has to be set again. */
export class KeptMap<Value> extends Map<string, Value> implements Persistent {
  readonly kind: string
  readonly #changes = new Changes<Value>()

  constructor(kind: string) {
    super()
    this.kind = kind
  }

  override set(key: string, value: Value): this {
    this.#changes.note(key, value)
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.#changes.note(key, undefined)
    return super.delete(key)
  }

  override clear(): void {
    for (const key of this.keys()) this.delete(key)
  }

  changes() {
    return this.#changes.take()
  }

  apply(rows: Iterable<Row>): void {
    for (const [key, record] of rows) {
      if (record === undefined) super.delete(key)
      else super.set(key, record as Value)
    }
  }
}
