import { randomUUID } from 'node:crypto'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Call } from '../../protocol/service.ts'
import type { StoredCode } from '../code/code-store.ts'
import { functionNotFound, staleRevision } from '../requests/errors.ts'
import { type FunctionReference, functionArn, missingQualifier, parseReference } from '../requests/names.ts'
import type { EventInvokeConfig, RuntimeManagement, Statement, UrlConfig } from './attached.ts'
import type { UsedLayers } from './layers.ts'

/** `$LATEST` or a published version. */
export interface FunctionVersion {
  /** `FunctionArn` is unqualified; answers add the qualifier. */
  configuration: FunctionConfiguration
  code: StoredCode
  layers?: UsedLayers | undefined
}

/** A published version never changes, except for its state. */
export interface PublishedVersion extends FunctionVersion {
  /** Code and configuration of the `$LATEST` from which it was published. */
  fingerprint: string
}

export interface Alias {
  name: string
  version: string
  description: string
  revisionId: string
  /** A second version and its share of the traffic, 0 to 1. */
  additional?: { version: string; weight: number }
  /** Set while provisioned concurrency follows the alias to another version. */
  movingFrom?: string
}

/** Provisioned concurrency of an alias or a version. */
export interface ProvisionedConfig {
  requested: number
  lastModified: string
}

/** A function with everything that belongs to it. */
export interface FunctionRecord {
  name: string
  region: string
  latest: FunctionVersion
  /** The code that invocations of `$LATEST` run while an update is in progress. */
  before?: FunctionVersion
  versions: Map<string, PublishedVersion>
  /** A number is never used twice, even after its version is deleted. */
  nextVersion: number
  aliases: Map<string, Alias>
  /** Statements by qualifier; the function's own by ''. */
  policies: Map<string, Statement[]>
  /** The put values by qualifier. */
  provisioned: Map<string, ProvisionedConfig>
  reserved: number | undefined
  tags: Record<string, string>
  /** By qualifier. */
  eventInvokeConfigs?: Record<string, EventInvokeConfig>
  /** The setting for recursive loops; default: `Terminate`. */
  recursion?: 'Allow' | 'Terminate'
  /** The ARN of its code signing configuration. */
  codeSigning?: string
  /** By version. */
  runtimeManagement?: Record<string, RuntimeManagement>
  /** By alias; the function's own by ''. */
  urls?: Record<string, UrlConfig>
}

/** A function's unqualified ARN. */
export function arnOf({ latest }: FunctionRecord): string {
  return latest.configuration.FunctionArn ?? ''
}

/**
 * All functions, by Region and name. A caller may change a function that it finds, so all found functions are checked
 * for changes before any answer. Code that changes a function later has to call `touch`.
 */
export interface FunctionStore {
  find(region: string, name: string): FunctionRecord | undefined
  add(record: FunctionRecord): void
  remove(region: string, name: string): void
  touch(record: Pick<FunctionRecord, 'region' | 'name'>): void
  /** Read-only. */
  all(): FunctionRecord[]
  /** The keys of possible changes since the last call, each with its function, or undefined if it is deleted. */
  takeTouched(): Map<string, FunctionRecord | undefined>
}

export function createFunctionStore(): FunctionStore {
  const records = new Map<string, FunctionRecord>()
  const touched = new Set<string>()
  return {
    find(region, name) {
      const found = records.get(keyOf(region, name))
      if (found) touched.add(keyOf(region, name))
      return found
    },
    add(record) {
      const key = keyOf(record.region, record.name)
      touched.add(key)
      records.set(key, record)
    },
    remove(region, name) {
      touched.add(keyOf(region, name))
      records.delete(keyOf(region, name))
    },
    touch: ({ region, name }) => void touched.add(keyOf(region, name)),
    all: () => [...records.values()],
    takeTouched() {
      const taken = new Map(Array.from(touched, (key) => [key, records.get(key)]))
      touched.clear()
      return taken
    },
  }
}

function keyOf(region: string, name: string): string {
  return `${region}/${name}`
}

/** @throws ServiceError 404, with the qualified ARN if there is a qualifier */
export function requireFunction(
  store: FunctionStore,
  call: Call,
  reference: FunctionReference,
): FunctionRecord {
  const record = store.find(call.region, reference.name)
  if (!record) throw functionNotFound(functionArn(call, reference.name, reference.qualifier))
  return record
}

/** The function that a request names, for operations that look at no qualifier. @throws ServiceError 404 */
export function requireNamed(
  store: FunctionStore,
  call: Call,
  { FunctionName }: { FunctionName: string | undefined },
): FunctionRecord {
  const { name } = parseReference(call, FunctionName)
  return requireFunction(store, call, { name, qualifier: undefined })
}

/** `$LATEST` or a published version by its number. @throws ServiceError 404 */
export function requireVersion(record: FunctionRecord, call: Call, version: string): FunctionVersion {
  const found = version === '$LATEST' ? record.latest : record.versions.get(version)
  if (!found) throw functionNotFound(functionArn(call, record.name, version))
  return found
}

/** Whether a qualifier names `$LATEST`, a published version or an alias of the function. */
export function hasQualifier({ aliases, versions }: FunctionRecord, qualifier: string): boolean {
  return qualifier === '$LATEST' || aliases.has(qualifier) || versions.has(qualifier)
}

/** Resolves a qualifier: none means `$LATEST`, an alias means its main version. @throws ServiceError 404 */
export function resolveQualifier(
  record: FunctionRecord,
  call: Call,
  qualifier: string | undefined,
): FunctionVersion {
  const alias = qualifier === undefined ? undefined : record.aliases.get(qualifier)
  return requireVersion(record, call, alias?.version ?? qualifier ?? '$LATEST')
}

/** @throws ServiceError 404 if the alias or version does not exist, each with AWS's message */
export function requireQualifier(record: FunctionRecord, call: Call, qualifier: string): void {
  if (!hasQualifier(record, qualifier)) throw missingQualifier(call, record.name, qualifier)
}

/** @throws ServiceError 412 if a revision id is given and `$LATEST` has another */
export function requireRevision(record: FunctionRecord, revisionId: string | undefined): void {
  if (revisionId !== undefined && revisionId !== record.latest.configuration.RevisionId) {
    throw staleRevision('GetFunction/GetAlias')
  }
}

export function newRevision(): string {
  return randomUUID()
}

/** Milliseconds since the epoch in Lambda's timestamp form. */
export function lambdaTimestamp(now: number): string {
  return new Date(now).toISOString().replace('Z', '+0000')
}
