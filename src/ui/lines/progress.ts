import type { Stage, TimedReleaseEvent } from '../../release/history/event.ts'
import { progressText } from '../results/package/package.ts'
import { count, formatBytes } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { publishedWords } from './release.ts'

/** The progress of one function of a command. */
export interface Progress {
  function: string
  /** `waiting` for its turn, or for the other functions; `baking` once it has traffic. */
  is: 'waiting' | 'working' | 'baking' | 'done' | 'failed'
  /** Words for its present work, or for its result. */
  words: string
  stage: Stage | undefined
  /** The time of its begin and end, milliseconds since the epoch. */
  began: number | undefined
  ended: number | undefined
  /** The end of its step, milliseconds since the epoch. */
  until: number | undefined
  /** The time at which it got its present traffic, milliseconds since the epoch. */
  shifted?: number | undefined
  version: string | undefined
  /** The result, if it ends without naming one. */
  outcome: string
}

/** The functions of a command before it begins, in its order. */
export function beforeProgress(functions: readonly string[]): Progress[] {
  return functions.map((name) => ({
    function: name,
    is: 'waiting',
    words: 'waiting for its turn',
    stage: undefined,
    began: undefined,
    ended: undefined,
    until: undefined,
    version: undefined,
    outcome: 'done',
  }))
}

/** The progress after one more event. */
export function afterProgress(all: readonly Progress[], event: TimedReleaseEvent): Progress[] {
  return all.map((one) => {
    if (one.function !== event.function) return one
    const next = { ...one, began: one.began ?? event.time, ...changeBy(one, event) }
    const isOver = next.is === 'done' || next.is === 'failed'
    return isOver ? { ...next, ended: next.ended ?? event.time, until: undefined } : next
  })
}

const stageWords: Record<Exclude<Stage, 'waiting' | 'trying' | 'ended'>, string> = {
  packaging: 'packaging',
  comparing: 'comparing with AWS',
  loading: 'loading the handler',
  proving: 'checking the gates',
  uploading: 'uploading',
  updating: 'waiting for AWS',
  publishing: 'publishing',
  shifting: 'shifting',
}

function changeBy(one: Progress, event: TimedReleaseEvent): Partial<Progress> {
  switch (event.event) {
    case 'stage':
      return byStage(one, event.stage)
    case 'packaging':
      return { words: progressText(event) }
    case 'packaged':
      return { outcome: `packaged ${count(event.files, 'file')}, ${formatBytes(event.zippedBytes)} zipped` }
    case 'noted':
      // Building and installing are reported when they begin; later notes are about the result.
      return one.stage === 'packaging' ? { words: plainLine(event.text) } : {}
    case 'uploading':
      return { words: uploadingText(event) }
    case 'published':
      return { words: publishedWords(event), version: event.version }
    case 'setting':
      return { outcome: event.state === 'planned' ? 'planned' : 'nothing to publish, settings applied' }
    case 'planned':
      return { outcome: 'planned', version: event.plan.candidate }
    case 'failed':
      return one.ended === undefined ? { is: 'failed', words: `failed: ${plainLine(event.message)}` } : {}
    default:
      return byTraffic(event)
  }
}

function byStage({ version, outcome, ended }: Progress, stage: Stage): Partial<Progress> {
  if (stage === 'ended') return ended === undefined ? { stage, is: 'done', words: outcome } : { stage }
  if (stage === 'waiting') {
    const words = version === undefined ? 'waiting for the others' : `version ${version} waits for the others`
    return { stage, is: 'waiting', words }
  }
  const words = stage === 'trying' ? `trying version ${version}` : stageWords[stage]
  return { stage, is: 'working', words }
}

/** Returns the changes by events of the alias, and by earlier events of environments for its traffic. */
function byTraffic(event: TimedReleaseEvent): Partial<Progress> {
  switch (event.event) {
    case 'unchanged':
      return { is: 'done', words: `nothing to do, ${event.alias} is on version ${event.version}` }
    case 'warming':
      return {
        is: 'working',
        words: `warming version ${event.version}: ${event.available} of ${count(event.requested, 'environment')} ready`,
      }
    case 'shifted':
      return { is: 'baking', until: undefined, shifted: event.time, words: shareText(event) }
    case 'standing':
      return { is: 'baking', until: undefined, words: shareText(event) }
    case 'observed': {
      const { outcome, reason } = event.verdict
      const gate = outcome === 'pass' ? '' : `, gate ${outcome}: ${plainLine(reason)}`
      const where = event.step < event.steps ? `step ${event.step} of ${event.steps}` : 'baking'
      const extended = event.extended ? ', extended once' : ''
      return { is: 'baking', until: event.until, words: `${where}${extended}${gate}` }
    }
    case 'hook':
      return event.state === 'started' ? { words: `hook ${event.hook} runs` } : {}
    case 'done':
      return { is: 'done', words: `${event.alias} is on version ${event.version}` }
    case 'paused':
      return { is: 'failed', words: `paused: ${plainLine(event.reason)}` }
    case 'rolled-back':
      return { is: 'failed', words: `rolled back to version ${event.version}: ${plainLine(event.reason)}` }
    case 'unused':
      return { is: 'done', words: `version ${event.version} stays unused` }
    default:
      return {}
  }
}

function uploadingText({ bytes, total }: Extract<TimedReleaseEvent, { event: 'uploading' }>): string {
  if (bytes >= total) return `uploaded ${formatBytes(total)}`
  return `uploading: ${formatBytes(bytes)} of ${formatBytes(total)}`
}

function shareText({
  alias,
  version,
  weight,
}: Extract<TimedReleaseEvent, { event: 'shifted' | 'standing' }>): string {
  return weight
    ? `${alias}: ${weight.percent}% on version ${weight.version}`
    : `${alias} is on version ${version}`
}
