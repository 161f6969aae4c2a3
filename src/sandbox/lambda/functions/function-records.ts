import type { Change, Persistent, Row } from '../../state/persistent.ts'
import type { LambdaContext } from '../records/context.ts'
import { type Alias, arnOf, type FunctionRecord, type PublishedVersion } from '../records/records.ts'
import { targetOf } from '../records/targets.ts'
import { settle, settleLatest } from './lifecycle.ts'

/** A function's own record; its versions and aliases have separate records. */
type Saved = Omit<FunctionRecord, 'versions' | 'aliases' | 'policies' | 'provisioned'> & {
  policies: [string, FunctionRecord['policies'] extends Map<string, infer Value> ? Value : never][]
  provisioned: [string, FunctionRecord['provisioned'] extends Map<string, infer Value> ? Value : never][]
}

/**
 * Lambda's functions as records: `Region/name` for a function, followed by `:version` or `:alias` for its parts.
 * Packages stay in the code directory. A creation or an update that was under way is finished at the restore, since a
 * client may have seen its end.
 */
export function functionRecords(context: LambdaContext): Persistent & {
  /** Warms provisioned environments, and from now on also those of restored functions. */
  resume(): void
} {
  let hasResumed = false
  /** The JSON on disk, by function and then by record. */
  const written = new Map<string, Map<string, string>>()

  function* changesOf(name: string, record: FunctionRecord | undefined): Iterable<Change> {
    const before = written.get(name) ?? new Map<string, string>()
    const now = record ? recordsOf(name, record) : new Map<string, string>()
    if (record) written.set(name, now)
    else written.delete(name)
    for (const [key, json] of now) if (json !== before.get(key)) yield [key, json]
    for (const key of before.keys()) if (!now.has(key)) yield [key, undefined]
  }

  return {
    kind: 'function',
    changes: () => [...context.store.takeTouched()].flatMap(([name, record]) => [...changesOf(name, record)]),
    apply(rows) {
      // A function comes before its parts.
      const sorted = [...rows].toSorted(([left], [right]) => (left < right ? -1 : 1))
      for (const row of sorted) applyRow(context, row)
      for (const name of new Set(sorted.map(([key]) => functionOf(key)))) {
        const record = find(context, name)
        if (!record) {
          written.delete(name)
          continue
        }
        written.set(name, recordsOf(name, record))
        settleAll(context, record)
        if (hasResumed) warm(context, record)
      }
    },
    resume() {
      hasResumed = true
      for (const record of context.store.all()) warm(context, record)
    },
  }
}

function recordsOf(name: string, { versions, aliases, ...record }: FunctionRecord): Map<string, string> {
  const own: Saved = { ...record, policies: [...record.policies], provisioned: [...record.provisioned] }
  const records = new Map([[name, JSON.stringify(own)]])
  for (const [key, version] of versions) records.set(`${name}:${key}`, jsonOf(version))
  for (const [key, alias] of aliases) records.set(`${name}:${key}`, JSON.stringify(alias))
  return records
}

/** The JSON of versions, with the state for which it holds. */
const known = new WeakMap<PublishedVersion, { state: PublishedVersion['configuration']; json: string }>()

/** Any read of a function looks for changes, and a function may have thousands of versions; only their state changes. */
function jsonOf(version: PublishedVersion): string {
  const { configuration: state } = version
  const before = known.get(version)
  if (before?.state === state) return before.json
  const json = JSON.stringify(version)
  known.set(version, { state, json })
  return json
}

function functionOf(key: string): string {
  return key.split(':')[0] ?? key
}

function find({ store }: LambdaContext, key: string): FunctionRecord | undefined {
  const [region = '', name = ''] = key.split('/')
  return store.find(region, name)
}

function applyRow(context: LambdaContext, [key, record]: Row): void {
  const part = key.split(':')[1]
  if (part === undefined) applyFunction(context, key, record as Saved | undefined)
  else if (/^\d+$/.test(part))
    setOrDelete(find(context, functionOf(key))?.versions, part, record as PublishedVersion)
  else setOrDelete(find(context, functionOf(key))?.aliases, part, record as Alias)
}

function applyFunction(context: LambdaContext, key: string, saved: Saved | undefined): void {
  const before = find(context, key)
  if (!saved) {
    if (before) context.store.remove(before.region, before.name)
    return
  }
  context.store.add({
    ...saved,
    versions: before?.versions ?? new Map<string, PublishedVersion>(),
    aliases: before?.aliases ?? new Map<string, Alias>(),
    policies: new Map(saved.policies),
    provisioned: new Map(saved.provisioned),
    reserved: saved.reserved,
  })
}

function setOrDelete<Value>(
  map: Map<string, Value> | undefined,
  key: string,
  value: Value | undefined,
): void {
  if (value === undefined) map?.delete(key)
  else map?.set(key, value)
}

function settleAll(context: LambdaContext, record: FunctionRecord): void {
  const { State, LastUpdateStatus } = record.latest.configuration
  if (State === 'Pending' || LastUpdateStatus === 'InProgress') settleLatest(context, record)
  for (const version of record.versions.values()) {
    if (version.configuration.State === 'Pending') settle(version)
  }
  if (record.reserved !== undefined) context.executor.reserve(arnOf(record), record.reserved)
}

function warm(context: LambdaContext, record: FunctionRecord): void {
  for (const [qualifier, { requested }] of record.provisioned) {
    const version = record.versions.get(record.aliases.get(qualifier)?.version ?? qualifier)
    if (version) context.executor.provision(targetOf(context, version), requested)
  }
}
