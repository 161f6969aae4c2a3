import { chalkStderr as colour } from 'chalk'
import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import { durationWords } from '../../release/values/duration.ts'
import { promotedWords } from '../../release/values/promoted.ts'
import { shippedWords } from '../../release/values/shipped.ts'
import { diffText } from '../results/diff/diff.ts'
import { progressText } from '../results/package/package.ts'
import { breakglassLines } from '../text/breakglass.ts'
import { count, formatBytes, formatCountdown } from '../text/figures.ts'
import { hookLines } from '../text/hooks.ts'
import { plainLine } from '../text/plain.ts'
import { conditionsOf, gatesOf } from '../text/plan-words.ts'
import { type TimeTeller, tellTimes, withTimes } from '../text/time.ts'
import { warningText } from '../text/warning.ts'
import { decidingLines } from './deciding.ts'

/** A release event as plain lines for stderr, each with its time and function. */
export function releaseLines(event: TimedReleaseEvent, tellTime: TimeTeller): string[] {
  return wordsOf(event).map((words) => {
    return `${colour.dim(tellTime(event.time))} ${colour.bold(event.function)}  ${plainLine(words)}`
  })
}

/** The hook's own output. */
function wordsOf(event: TimedReleaseEvent): string[] {
  return event.event === 'hook' ? hookLines(event) : describe(event).map(withTimes)
}

const changes = {
  created: 'created the function',
  'code-updated': 'updated the code',
  'configuration-updated': 'updated the configuration',
}

function describe(event: Exclude<TimedReleaseEvent, { event: 'hook' }>): string[] {
  switch (event.event) {
    // Its result is shown.
    case 'stage':
      return []
    case 'packaging':
      return [progressText(event)]
    case 'packaged':
      return [packagedLine(event)]
    case 'left-out':
      return [`left out of the package, since they look like secrets: ${event.paths.join(', ')}`]
    case 'uploading':
      return [`uploading: ${formatBytes(event.bytes)} of ${formatBytes(event.total)}`]
    case 'uploaded':
      return [uploadedLine(event)]
    case 'noted':
      return [event.text]
    case 'created':
    case 'code-updated':
    case 'configuration-updated':
      return [changes[event.event]]
    case 'published':
      return [publishedWords(event)]
    case 'unchanged':
      return [unchangedLine(event)]
    case 'setting':
      return [settingLine(event)]
    case 'planned':
      return planLines(event)
    case 'differs':
      return diffText(event.diff).split('\n')
    case 'checked':
      return checkLines(event.check)
    case 'warming':
      return [`warming version ${event.version}: ${event.available} of ${event.requested} environments ready`]
    case 'cooled':
      return [`released the ${event.requested} provisioned environments of version ${event.version}`]
    case 'shifted':
      return [shiftLine(event)]
    case 'observed':
      return [observedLine(event)]
    case 'rolled-back':
      return [rolledBackLine(event)]
    case 'deciding':
      return decidingLines(event)
    case 'standing':
      return [event.summary]
    case 'paused':
      // The error that follows has the reason, as for a failure.
      return ['paused']
    case 'done':
      return [doneLine(event)]
    case 'failed':
      return [`failed: ${event.code}, details below`]
    case 'unused':
      return [`version ${event.version} is published and stays unused: ${event.alias} was not moved`]
    case 'warning':
      return [warningText(event.text)]
  }
}

/** `published version 4`, or that it exists. */
export function publishedWords({ version, existed }: { version: string; existed?: true }): string {
  return existed ? `version ${version} already has exactly this content` : `published version ${version}`
}

function unchangedLine({ alias, version }: Extract<TimedReleaseEvent, { event: 'unchanged' }>): string {
  return `nothing to deploy: ${alias} is on version ${version} with exactly this content and configuration`
}

function packagedLine({
  bundled,
  files,
  zippedBytes,
  digest,
}: Extract<TimedReleaseEvent, { event: 'packaged' }>): string {
  const how = bundled ? 'bundled and packaged' : 'packaged'
  return `${how} ${count(files, 'file')}, ${formatBytes(zippedBytes)} zipped, digest ${digest.slice(0, 12)}`
}

function settingLine({ field, from, to, state }: Extract<TimedReleaseEvent, { event: 'setting' }>): string {
  return `${state === 'planned' ? 'would set' : 'set'} ${field}: ${from} → ${to}`
}

function rolledBackLine({
  alias,
  version,
  seconds,
}: Extract<TimedReleaseEvent, { event: 'rolled-back' }>): string {
  const after = seconds === undefined ? '' : `, ${durationWords(seconds * 1000)} after the alarm`
  return `rolled back: ${alias} is on version ${version}, weights cleared${after}`
}

function uploadedLine({
  bucket,
  key,
  bytes,
  total,
}: Extract<TimedReleaseEvent, { event: 'uploaded' }>): string {
  const place = `s3://${bucket}/${key}`
  if (bytes === 0) return `the package is in S3 already: ${place}`
  const part = bytes < total ? ` of ${formatBytes(total)}, the missing part,` : ''
  return `uploaded ${formatBytes(bytes)}${part} to ${place}`
}

function doneLine({ alias, version, previous }: Extract<TimedReleaseEvent, { event: 'done' }>): string {
  return `done: ${alias} is on version ${version}${previous ? ` (before: ${previous})` : ''}`
}

function planLines({
  plan,
  shifts,
  alias,
  time,
  resumed,
}: Extract<TimedReleaseEvent, { event: 'planned' }>): string[] {
  const from =
    plan.stable === undefined ? `puts ${alias} on` : `moves ${alias} from version ${plan.stable} to`
  const candidate = /^\d+$/.test(plan.candidate) ? `version ${plan.candidate}` : 'the next version'
  const gates = gatesOf(plan).map((gate) => `, ${gate}`)
  const tellTime = tellTimes(time)
  const lines = shifts.map(
    (shift) =>
      `  ${tellTime(time + shift.afterMs)}  ${String(shift.percent).padStart(3)}%${conditionsOf(shift)}`,
  )
  return [
    `plan: ${plan.strategy} ${plan.id} ${from} ${candidate}${gates.join('')}`,
    ...breakglassLines(plan.breakglass),
    ...(plan.promoted ? [`  promotes ${plainLine(promotedWords(plan.promoted))}`] : []),
    ...(plan.ships ? [`  this release also ships ${plainLine(shippedWords(plan.ships))}`] : []),
    ...(resumed ? [] : warmLines(plan, alias)),
    ...lines,
  ]
}

/** The steps for provisioned concurrency before the first shift. */
function warmLines({ provisioned, stable }: Plan, alias: string): string[] {
  if (!provisioned) return []
  const first = `  first     warms ${count(provisioned.amount, 'environment')} of the new version`
  if (!provisioned.stable) return [first]
  const { amount, why } = provisioned.stable
  const then = {
    alias: `moves ${alias}'s own ${amount} to version ${stable}, which runs on demand meanwhile`,
    pending: `waits for the ${amount} of version ${stable}`,
    'cut-off': `warms ${amount} of version ${stable}`,
  }[why]
  return [first, `  then      ${then}`]
}

/** The error tells the findings of a failed check, and the next steps. */
function checkLines({ title, outcome, detail, next = [] }: Check): string[] {
  if (outcome === 'fail') return [`preflight FAIL  ${title}`]
  const ways = outcome === 'warn' ? next.map((way) => `  → ${way}`) : []
  return [`preflight ${outcome === 'warn' ? 'warn' : 'ok  '}  ${title}: ${detail}`, ...ways]
}

function shiftLine({
  alias,
  version,
  weight,
  step,
  steps,
}: Extract<TimedReleaseEvent, { event: 'shifted' }>): string {
  if (!weight) return `shifted ${alias}: 100% on version ${version}`
  return `shifted ${alias}: ${weight.percent}% on version ${weight.version}, ${100 - weight.percent}% on version ${version} (step ${step} of ${steps})`
}

function observedLine({
  verdict,
  until,
  time,
  extended,
}: Extract<TimedReleaseEvent, { event: 'observed' }>): string {
  const left = until > time ? `, ${formatCountdown(until - time)} left` : ''
  return `gate ${verdict.outcome}: ${verdict.reason}${extended ? ', extended once' : ''}${left}`
}
