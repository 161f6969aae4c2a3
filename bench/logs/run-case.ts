import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownVariables } from '../processes.ts'
import { type Arrivals, arrivals } from './arrivals.ts'
import { type Case, quota } from './cases.ts'
import { type Contender, configuration, groupName } from './contenders.ts'
import { logsEndpoint } from './endpoint.ts'
import { type Fate, fate, type Span } from './faults.ts'
import { type Schedule, schedule } from './schedule.ts'
import { type TailProcess, tailProcess, type Usage } from './tail-process.ts'

/** All that one run of a case gave. Times are milliseconds since the epoch. */
export interface Outcome {
  groups: readonly Schedule[]
  came: Arrivals
  calls: Fate
  began: number
  ended: number
  /** Events that could be read before are expected. */
  until: number
  closed: Span | undefined
  exitCode: number
  /** Often while events were written, or until a tail that does not follow has ended. */
  usage: readonly Usage[]
  stderr: string
}

/** The time that a tail may take to start: what lies further back than that is expected of it. */
const startMs = 10_000
const firstFaultMs = 8000

export async function runCase(of: Case, { command }: Contender): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-bench-'))
  await writeFile(join(folder, 'lambdactl.yaml'), configuration(of.groups))
  const began = Date.now()
  const until = began + of.forMs
  const groups = Array.from({ length: of.groups }, (_, number) => schedule(writtenBy(of, number, began)))
  const closed = of.throttledMs > 0 ? spanFrom(began + firstFaultMs, of.throttledMs) : undefined
  const calls = fate({ throttled: closed, cutEveryMs: of.cutEveryMs, quota })
  const endpoint = await logsEndpoint(groups, calls, of.liveSessionMs ?? 0)
  const line = command(of, endpoint.url)
  const came = arrivals(groups)
  const tail = tailProcess(line, { cwd: folder, env: variables(endpoint.url) }, came.take)
  try {
    // A tail that does not follow is watched to its end.
    const usage = await watch(tail, of.forMs > 0 ? until : Number.POSITIVE_INFINITY)
    await settled(tail, () => came.missing(until) > 0, of.settleMs)
    usage.push(await tail.usage())
    if (of.forMs > 0) tail.interrupt()
    const exitCode = await tail.ended
    return {
      groups,
      came,
      calls,
      began,
      until,
      ended: Date.now(),
      closed,
      exitCode,
      usage,
      stderr: tail.stderr(),
    }
  } finally {
    tail.interrupt()
    endpoint.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function writtenBy({ aheadMs, backMs, forMs, lateMs, perSecond }: Case, number: number, began: number) {
  const from = began - backMs + startMs
  return { group: groupName(number), number, from, until: began + forMs, perSecond, lateMs, aheadMs }
}

function spanFrom(from: number, ms: number): Span {
  return { from, until: from + ms }
}

async function watch(tail: TailProcess, until: number): Promise<Usage[]> {
  const usage: Usage[] = []
  while (!tail.hasEnded() && Date.now() < until) {
    await sleep(250)
    usage.push(await tail.usage())
  }
  return usage
}

/** Waits for events that are missing. A tail that does not follow is waited for in any case. */
async function settled(tail: TailProcess, isMissing: () => boolean, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs
  while (!tail.hasEnded() && isMissing() && Date.now() < end) await sleep(500)
  // An event that comes twice would come now.
  if (!tail.hasEnded()) await sleep(1500)
}

function variables(endpoint: string): NodeJS.ProcessEnv {
  return {
    ...ownVariables(),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
  }
}
