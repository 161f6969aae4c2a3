import type { Permitted } from '../../../src/operation/permissions/facts.ts'
import { resourceKinds } from '../../../src/operation/permissions/resources.ts'
import type { Row } from '../../../src/operation/permissions/row.ts'
import { permissionTable } from '../../../src/operation/permissions/table.ts'
import type { Verb } from '../../../src/operation/permissions/verbs.ts'
import { matchesPattern } from '../../../src/sandbox/iam/policy/wildcards.ts'
import type { Required } from './required.ts'

const place = { partition: 'aws', region: 'eu-west-1', account: '000000000000' }

/** One command and one action of a row. */
interface Entry {
  row: Row
  verb: Verb
  action: string
}

const entries: readonly Entry[] = permissionTable.flatMap((row) =>
  row.verbs.flatMap((verb) =>
    row.actions.map((action) => ({ row, verb, action: `${row.service}:${action}` })),
  ),
)

/** Compares the permissions that commands really needed with the table, in both directions. */
export class Ledger {
  readonly #seen = new Set<Entry>()
  readonly #unlisted = new Set<string>()

  /** Notes the permissions that a run of a command needed. */
  note(verb: Verb, functions: readonly Permitted[], needed: readonly Required[]): void {
    for (const required of needed) {
      const listing = entries.filter((entry) => entry.verb === verb && covers(entry, functions, required))
      for (const entry of listing) this.#seen.add(entry)
      if (listing.length === 0) this.#unlisted.add(`${verb}: ${required.action} on ${required.resource}`)
    }
  }

  /** The permissions that runs needed and the table does not have for their commands. */
  get unlisted(): string[] {
    return [...this.#unlisted]
  }

  /** The entries of the table that no run needed. */
  get unneeded(): string[] {
    return entries
      .filter((entry) => !this.#seen.has(entry))
      .map(({ row, verb, action }) => `${verb}: ${action} on ${row.on}`)
  }
}

function covers({ row, action }: Entry, functions: readonly Permitted[], required: Required): boolean {
  if (action !== required.action) return false
  return functions
    .filter((fn) => concerns(row, fn))
    .flatMap((fn) => resourceKinds[row.on].of(fn, place).arns)
    .some((arn) => matchesPattern(required.resource, arn))
}

function concerns({ fields, manages }: Row, fn: Permitted): boolean {
  return (manages ?? fn.manages) === fn.manages && (!fields || fields.some((field) => fn.fields.has(field)))
}
