import { Changes } from '../state/changes.ts'
import type { Persistent, Row } from '../state/persistent.ts'

/** The rows of one Region's tables. */
interface OpenRows {
  rows: Row[]
  onRow: (key: string, value: unknown) => void
}

/** The tables, items and indexes as rows, kept on disk. Those of an earlier sandbox wait here until they are needed. */
export class RowStore implements Persistent {
  readonly kind = 'dynamodb-row'
  readonly #changes = new Changes<unknown>()
  readonly #waiting = new Map<string, Map<string, unknown>>()
  readonly #restoring = new Map<string, (rows: Row[]) => void>()

  /**
   * Hands over the rows of a Region.
   *
   * @param restore is called with rows whose changes could not be kept
   */
  open(region: string, restore: (rows: Row[]) => void): OpenRows {
    const rows = [...(this.#waiting.get(region) ?? [])]
    this.#waiting.delete(region)
    this.#restoring.set(region, restore)
    return { rows, onRow: (key, value) => this.#changes.note(`${region}/${key}`, value) }
  }

  changes() {
    return this.#changes.take()
  }

  apply(all: Iterable<Row>): void {
    for (const [full, value] of all) {
      const [, region = '', key = ''] = /^([^/]*)\/(.*)$/s.exec(full) ?? []
      const restore = this.#restoring.get(region)
      if (restore) {
        restore([[key, value]])
        continue
      }
      const rows = this.#waiting.get(region) ?? new Map<string, unknown>()
      this.#waiting.set(region, rows)
      if (value === undefined) rows.delete(key)
      else rows.set(key, value)
    }
  }
}
