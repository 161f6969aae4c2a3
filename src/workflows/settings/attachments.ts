import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import { isSameAttachment } from '../../function/attachments/compare.ts'
import { urlWords } from '../../function/attachments/words.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { findStop } from '../stopping/stop-journal.ts'
import { codeSigningDifference, recursionDifference } from './controls.ts'
import { type Difference, differenceOf } from './difference.ts'

/**
 * Compares a function's own attachments with the file. Reads only those that the file has.
 *
 * @param wanted the file's
 */
export async function functionDifferences(
  run: Run,
  target: Target,
  wanted: FunctionAttachments = {},
): Promise<Difference[]> {
  return [
    ...(await retentionDifference(run, wanted.retention)),
    ...(await tagDifference(run, target, wanted.tags)),
    ...(await concurrencyDifference(run, target, wanted.reservedConcurrency)),
    ...(await recursionDifference(run, target, wanted.recursion)),
    ...(await codeSigningDifference(run, target, wanted.codeSigning)),
  ]
}

/** Compares the attachments of an alias with the file. The alias has to exist. */
export async function aliasDifferences(
  run: Run,
  target: Target,
  wanted: FunctionAttachments = {},
): Promise<Difference[]> {
  return [
    ...(await asyncDifference(run, target, wanted.async)),
    ...(await urlDifference(run, target, wanted.url)),
  ]
}

/** A missing group is created: otherwise Lambda creates it with the first line, and it keeps its events for ever. */
async function retentionDifference(
  { aws: { logGroups } }: Run,
  wanted: FunctionAttachments['retention'],
): Promise<Difference[]> {
  if (!wanted) return []
  const { logGroup, days } = wanted
  const found = await logGroups.retention(logGroup)
  const current = found === undefined ? undefined : { logGroup, days: found }
  return differenceOf('retention', { current, wanted }, async () => {
    if (!current) await logGroups.create(logGroup)
    if (current || days !== null) await logGroups.keep(logGroup, days)
  })
}

async function tagDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: FunctionAttachments['tags'],
): Promise<Difference[]> {
  if (!wanted) return []
  const current = await attachments.tags(lambdaName)
  const gone = Object.keys(current).filter((name) => !Object.hasOwn(wanted, name))
  const set = Object.entries(wanted).filter(([name, value]) => current[name] !== value)
  return differenceOf('tags', { current, wanted }, async () => {
    if (gone.length > 0) await attachments.untag(lambdaName, gone)
    if (set.length > 0) await attachments.tag(lambdaName, Object.fromEntries(set))
  })
}

/** Compares the reserved concurrency. No deploy changes 0: a person stopped the function with it in an incident. */
export async function concurrencyDifference(
  run: Run,
  target: Target,
  wanted: FunctionAttachments['reservedConcurrency'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const { concurrency } = run.aws
  const current = (await concurrency.reserved(target.lambdaName)) ?? null
  if (current === 0 && wanted !== 0) {
    const stop = await findStop(run, target)
    const toEnd = stop
      ? commandFor(target, 'concurrency start')
      : commandFor(target, 'concurrency reserve', String(wanted ?? 'none'))
    const text = `The reserved concurrency of ${target.lambdaName} is 0, which stops every invocation; lambdactl does not change it. To end it: ${toEnd}`
    warn(run, target, text)
    return []
  }
  const raises = current !== null && (wanted === null || wanted > current)
  const differences = differenceOf('reservedConcurrency', { current, wanted }, () =>
    wanted === null
      ? concurrency.unreserve(target.lambdaName)
      : concurrency.reserve(target.lambdaName, wanted),
  )
  return differences.map((difference) => ({ ...difference, raises }))
}

async function asyncDifference(
  { aws: { attachments } }: Run,
  { lambdaName, alias }: Target,
  wanted: FunctionAttachments['async'],
): Promise<Difference[]> {
  if (!wanted) return []
  const current = await attachments.asyncInvocation(lambdaName, alias)
  return differenceOf('async', { current, wanted }, () =>
    attachments.setAsyncInvocation(lambdaName, alias, wanted),
  )
}

/** A public URL needs its permission too: without it, AWS refuses every call of the URL. */
async function urlDifference(
  { aws: { attachments } }: Run,
  { lambdaName, alias }: Target,
  wanted: FunctionAttachments['url'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.url(lambdaName, alias)
  const grants = await attachments.publicGrants(lambdaName, alias)
  const isPublic = wanted?.auth === 'none'
  const isAsWanted = isSameAttachment('url', current ?? null, wanted)
  if (isAsWanted && (isPublic ? grants.complete : !grants.ours)) return []
  return [
    {
      field: 'url',
      from: urlWords(current ?? null, grants.complete),
      to: urlWords(wanted),
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
