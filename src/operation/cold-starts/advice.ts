import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { Prices } from '../cost/price.ts'
import { snapStartFor } from './snap-start.ts'
import type { StartCounts, VersionStarts } from './starts.ts'

/** An advice from the figures, and the command that looks further or changes something. */
export interface StartAdvice {
  about: 'failed' | 'few' | 'rare' | 'snap-start' | 'provisioned' | 'memory' | 'package' | 'runtime' | 'pings'
  text: string
  /** A verb of lambdactl with its flags, for the function. */
  verb?: readonly [verb: string, ...flags: string[]]
}

/** The figures that an advice is made from. */
export interface StartFacts {
  /** The time of the figures, milliseconds since the epoch; `until` is exclusive. */
  span: { since: number; until: number }
  total: StartCounts
  /** The version with the most starts; undefined without any. */
  most: VersionStarts | undefined
  settings: Pick<FunctionSettings, 'runtime' | 'memoryMb' | 'snapStart' | 'architecture'>
  /** The size of the zip; undefined for an image. */
  bytes: number | undefined
  /** Environments that are kept ready now. */
  provisioned: number
  /** Undefined for a Region that the price table does not have. */
  prices: Prices | undefined
}

/** Below this share only the slowest percent of requests meets a start. */
const rareShare = 0.01
/** Below so many requests one start is more than a percent of them. */
const fewRequests = 100
/** From here on a start is felt, milliseconds; the second one is worth a change of the way of starting. */
const [feltMs, longMs] = [500, 1000]
/** Memory with the power of one CPU, MB (AWS's documentation, November 2026). */
const oneCpuMb = 1769
const largeBytes = 10_000_000
const monthSeconds = 730 * 3600

/** The advice that the figures support, the most urgent first; empty if no request waited and no start failed. */
export function adviceFrom(facts: StartFacts): StartAdvice[] {
  const { total, most } = facts
  const hasStarts = total.inits + total.restores > 0
  return [
    ...(total.failed > 0 ? [failed(total.failed, facts.span)] : []),
    ...(hasStarts && most?.wait ? waiting(facts, most.wait.p50Ms) : []),
  ]
}

function waiting(facts: StartFacts, p50Ms: number): StartAdvice[] {
  const isRare = (facts.total.share ?? 0) < rareShare
  return [
    ...(facts.total.requests < fewRequests ? [few(facts.total)] : []),
    ...(isRare ? [rare(facts.total)] : []),
    ...(p50Ms >= longMs ? [snapStart(facts)] : []),
    ...(isRare && p50Ms < longMs ? [] : [provisioned(facts)]),
    ...(p50Ms >= feltMs ? lighter(facts) : []),
    ...(p50Ms >= longMs && isJustInTime(facts.settings) ? [ahead(facts.settings)] : []),
    pings,
  ]
}

function failed(count: number, { since, until }: StartFacts['span']): StartAdvice {
  const text = `${count} ${count === 1 ? 'start' : 'starts'} failed or took too long, and a request waited for each.`
  const [from, to] = [since, until].map((time) => new Date(time).toISOString())
  return { about: 'failed', text, verb: ['logs errors', `--since=${from}`, `--until=${to}`] }
}

function few({ requests }: StartCounts): StartAdvice {
  const measured = requests === 1 ? 'Only 1 request was' : `Only ${requests} requests were`
  const text = `${measured} measured, so the share says little. Look at a longer time, with more traffic, before you follow the advice below.`
  return { about: 'few', text }
}

function rare({ share = 0 }: StartCounts): StartAdvice {
  const text = `Starts are rare: ${(share * 100).toFixed(2)}% of the requests waited for one. That is usual below 1%, and often needs no change.`
  return { about: 'rare', text }
}

function snapStart({ settings, provisioned: kept, prices, total }: StartFacts): StartAdvice {
  const about = 'snap-start' as const
  if (settings.snapStart)
    return {
      about,
      text: 'SnapStart is on, and restores take long: do less after the restore, in its hooks and first request.',
    }
  const offer = snapStartFor(settings.runtime)
  if (offer === 'none')
    return {
      about,
      text: `SnapStart is not for ${settings.runtime || 'images'}: it is for Java from 11, Python from 3.12 and .NET from 8.`,
    }
  const beside = kept > 0 ? ' It can not be used together with provisioned concurrency.' : ''
  const price =
    offer === 'free' ? 'It costs nothing for Java.' : snapStartPrice(settings.memoryMb, total, prices)
  return { about, text: `SnapStart restores a snapshot in place of the start. ${price}${beside}` }
}

function snapStartPrice(memoryMb: number, { inits }: StartCounts, prices: Prices | undefined): string {
  if (!prices?.snapStart) return 'Its price in this Region is not in the price table.'
  const gb = memoryMb / 1024
  const cached = gb * monthSeconds * prices.snapStart.cached
  const restored = gb * inits * prices.snapStart.restored
  return `It costs $${cached.toFixed(2)} a month for each published version, and $${restored.toFixed(4)} for as many restores as there were starts.`
}

function provisioned({ settings, provisioned: kept, prices }: StartFacts): StartAdvice {
  const about = 'provisioned' as const
  if (kept > 0) {
    const text = `Requests waited beside ${kept} provisioned ${kept === 1 ? 'environment' : 'environments'}: there were more at once, or they did not come by the alias.`
    return { about, text, verb: ['concurrency recommend'] }
  }
  const price =
    prices && (settings.memoryMb / 1024) * monthSeconds * prices.provisioned[settings.architecture]
  const cost = price === undefined ? '' : ` Each one costs $${price.toFixed(2)} a month, used or not.`
  const text = `Provisioned concurrency keeps environments ready: only requests beyond them wait.${cost}`
  return { about, text, verb: ['concurrency recommend'] }
}

function lighter({ settings: { memoryMb }, bytes }: StartFacts): StartAdvice[] {
  const share = Math.round((memoryMb / oneCpuMb) * 100)
  const more = memoryMb * 2
  const memory: StartAdvice = {
    about: 'memory',
    text: `${memoryMb} MB have ${share}% of a CPU, and loading code needs CPU. Try ${more} MB in a canary, and compare.`,
    verb: ['cost', '--memory', String(more)],
  }
  const size: StartAdvice = {
    about: 'package',
    text: `The package has ${((bytes ?? 0) / 1e6).toFixed(0)} MB. Load less at the start: bundle the code, leave out what is not used, import late.`,
  }
  return [...(memoryMb < oneCpuMb ? [memory] : []), ...((bytes ?? 0) >= largeBytes ? [size] : [])]
}

function isJustInTime({ runtime }: Pick<FunctionSettings, 'runtime'>): boolean {
  return /^(?:java|dotnet)/.test(runtime)
}

function ahead({ runtime }: Pick<FunctionSettings, 'runtime'>): StartAdvice {
  const text = `${runtime} compiles while it starts. Code that is compiled ahead, as a native image on provided.al2023, starts faster.`
  return { about: 'runtime', text }
}

const pings: StartAdvice = {
  about: 'pings',
  text: 'Keep-warm pings rarely help: a ping keeps one environment, the next request at the same time still waits, and Lambda ends environments anyway. Provisioned concurrency by a schedule does it surely.',
}
