import { isDeepStrictEqual } from 'node:util'
import type { Attachments } from '../../config/function/attachments.ts'
import type { FunctionUrl } from '../../ports/attachments.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { asyncWords, concurrencyWords, retentionWords, tagWords, urlWords } from './attachment-words.ts'
import { codeSigningDifference, recursionDifference } from './controls.ts'

/** A setting of no version that differs from the file. */
export interface Difference {
  /** As the file calls it; `async` stands for the four of asynchronous invocations. */
  field:
    | 'logs.retention'
    | 'tags'
    | 'reservedConcurrency'
    | 'recursion'
    | 'codeSigning'
    | 'runtimeUpdates'
    | 'async'
    | 'url'
  /** For people. */
  from: string
  to: string
  apply(): Promise<void>
  /** A reservation that leaves the function more than it has. */
  raises?: boolean
}

/**
 * Compares a function's own settings with the file. Only settings that the file has are read.
 *
 * @param wanted by the file; nothing differs from what it leaves out
 */
export async function functionDifferences(
  run: Run,
  target: Target,
  wanted: Attachments = {},
): Promise<Difference[]> {
  return [
    ...(await retentionDifference(run, wanted.retention)),
    ...(await tagDifference(run, target, wanted.tags)),
    ...(await concurrencyDifference(run, target, wanted.reservedConcurrency)),
    ...(await recursionDifference(run, target, wanted.recursion)),
    ...(await codeSigningDifference(run, target, wanted.codeSigning)),
  ]
}

/** The same of its alias, which has to be there. */
export async function aliasDifferences(
  run: Run,
  target: Target,
  wanted: Attachments = {},
): Promise<Difference[]> {
  return [
    ...(await asyncDifference(run, target, wanted.async)),
    ...(await urlDifference(run, target, wanted.url)),
  ]
}

/** A group that isn't there is made: else Lambda makes it with the first line, and it keeps its events for ever. */
async function retentionDifference(
  { aws: { logGroups } }: Run,
  wanted: Attachments['retention'],
): Promise<Difference[]> {
  if (!wanted) return []
  const { logGroup, days } = wanted
  const current = await logGroups.retention(logGroup)
  if (current === days) return []
  return [
    {
      field: 'logs.retention',
      from: retentionWords(current),
      to: retentionWords(days),
      async apply() {
        if (current === undefined) await logGroups.create(logGroup)
        if (current !== undefined || days !== null) await logGroups.keep(logGroup, days)
      },
    },
  ]
}

async function tagDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: Attachments['tags'],
): Promise<Difference[]> {
  if (!wanted) return []
  const current = await attachments.tags(lambdaName)
  if (isDeepStrictEqual({ ...current }, { ...wanted })) return []
  const gone = Object.keys(current).filter((name) => !Object.hasOwn(wanted, name))
  const set = Object.entries(wanted).filter(([name, value]) => current[name] !== value)
  return [
    {
      field: 'tags',
      from: tagWords(current),
      to: tagWords(wanted),
      async apply() {
        if (gone.length > 0) await attachments.untag(lambdaName, gone)
        if (set.length > 0) await attachments.tag(lambdaName, Object.fromEntries(set))
      },
    },
  ]
}

/** Compares the reserved concurrency. 0 stops a function in an incident: the person who set it takes it back, and no deploy does. */
export async function concurrencyDifference(
  run: Run,
  target: Target,
  wanted: Attachments['reservedConcurrency'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const { concurrency } = run.aws
  const current = (await concurrency.reserved(target.lambdaName)) ?? null
  if (current === wanted) return []
  if (current === 0) {
    const text = `The reserved concurrency of ${target.lambdaName} is 0, which stops every invocation; it is left so. To end it: ${commandFor(target, 'concurrency reserve', String(wanted ?? 'none'))}`
    warn(run, target, text)
    return []
  }
  return [
    {
      field: 'reservedConcurrency',
      from: concurrencyWords(current),
      to: concurrencyWords(wanted),
      raises: current !== null && (wanted === null || wanted > current),
      apply: () =>
        wanted === null
          ? concurrency.unreserve(target.lambdaName)
          : concurrency.reserve(target.lambdaName, wanted),
    },
  ]
}

async function asyncDifference(
  { aws: { attachments } }: Run,
  { lambdaName, alias }: Target,
  wanted: Attachments['async'],
): Promise<Difference[]> {
  if (!wanted) return []
  const current = await attachments.asyncInvocation(lambdaName, alias)
  if (isDeepStrictEqual(current, wanted)) return []
  const apply = () => attachments.setAsyncInvocation(lambdaName, alias, wanted)
  return [{ field: 'async', from: asyncWords(current), to: asyncWords(wanted), apply }]
}

/** The permission that makes a URL public goes with it, since without it every call of the URL is refused. */
async function urlDifference(
  { aws: { attachments } }: Run,
  { lambdaName, alias }: Target,
  wanted: Attachments['url'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.url(lambdaName, alias)
  const grants = await attachments.publicGrants(lambdaName, alias)
  const isPublic = wanted?.auth === 'none'
  const isAsWanted = isDeepStrictEqual(comparable(current), comparable(wanted ?? undefined))
  if (isAsWanted && (isPublic ? grants.complete : !grants.ours)) return []
  return [
    {
      field: 'url',
      from: urlWords(current, grants.complete),
      to: urlWords(wanted ?? undefined, isPublic),
      async apply() {
        if (!isPublic && grants.ours) await attachments.makePrivate(lambdaName, alias)
        if (wanted === null) await attachments.deleteUrl(lambdaName, alias)
        else if (!current) await attachments.createUrl(lambdaName, alias, wanted)
        else if (!isAsWanted) await attachments.updateUrl(lambdaName, alias, wanted)
        if (isPublic && !grants.complete) await attachments.makePublic(lambdaName, alias)
      },
    },
  ]
}

/** The order of what CORS lists says nothing, and the case of headers and methods neither. */
function comparable(url: FunctionUrl | undefined): unknown {
  if (!url) return undefined
  const { auth, invokeMode, cors } = url
  const lists = Object.entries(cors).map(([name, value]): [string, unknown] => [
    name,
    typeof value === 'object' ? value.map((each: string) => each.toLowerCase()).toSorted() : value,
  ])
  return { auth, invokeMode, cors: Object.fromEntries(lists) }
}
