/**
 * How long it takes from an alarm in ALARM to the alias back on stable: the built CLI against the sandbox, canary by
 * canary, each alarm at a random phase of the poll; beside it, in the same run, a shell loop of the AWS CLI.
 */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { pollLaterMs, pollNearShiftMs } from '../src/workflows/watch/poll.ts'
import { dice } from '../test/workflows/simulation/dice.ts'
import { type Measured, report } from './report.ts'
import { awsCli, rollbackByShell, rollbackOfCanary } from './rollbacks.ts'
import { onStage, type Stage } from './stage.ts'

const { values } = parseArgs({
  options: { canaries: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const count = wholeNumber('canaries', values.canaries)
const random = dice(wholeNumber('seed', values.seed))
/** As in the shell's loop. */
const shellPollMs = 2000
/** More canaries at once would measure the machine. */
const atOnce = 20

try {
  await onStage(count, async (stage) => {
    const [first = ''] = stage.names
    const roundTrips = await stage.hand.roundTrips(stage.lambdaName(first), 200)
    const measured = [await nearShift(stage), await later(stage), ...(await byShell(stage))]
    console.log(machine())
    console.log(report(measured, roundTrips))
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** One canary after the other. */
async function nearShift(stage: Stage): Promise<Measured> {
  const sample: number[] = []
  for (const name of stage.names) {
    const phase = 1000 + within(2 * pollNearShiftMs)
    sample.push(told('near', name, await rollbackOfCanary(stage, name, 'near', phase)))
  }
  return { name: 'lambdactl, near a shift', pollMs: pollNearShiftMs, sample }
}

/** Side by side, since each waits for more than a minute. */
async function later(stage: Stage): Promise<Measured> {
  const sample: number[] = []
  for (let start = 0; start < count; start += atOnce) {
    const batch = stage.names.slice(start, start + atOnce).map(async (name) => {
      const phase = 65_000 + within(2 * pollLaterMs)
      return told('later', name, await rollbackOfCanary(stage, name, 'later', phase))
    })
    sample.push(...(await Promise.all(batch)))
  }
  return { name: 'lambdactl, later', pollMs: pollLaterMs, sample }
}

async function byShell(stage: Stage): Promise<Measured[]> {
  if (!(await awsCli(stage))) {
    console.log('The AWS CLI is not installed: nothing to compare with.')
    return []
  }
  const sample: number[] = []
  for (const name of stage.names) {
    const phase = 3000 + within(2 * shellPollMs)
    sample.push(told('shell', name, await rollbackByShell(stage, name, phase)))
  }
  return [{ name: 'loop of the AWS CLI', pollMs: shellPollMs, sample }]
}

/** Where and when, and how busy it was: the load of the last five minutes counts this benchmark too. */
function machine(): string {
  const [, load = 0] = loadavg()
  return `${new Date().toISOString()}, Node ${process.version}, ${cpus().length} cores, load ${load.toFixed(1)}, seed ${values.seed}`
}

function within(ms: number): number {
  return random.next() * ms
}

function told(part: string, name: string, ms: number): number {
  console.error(`${part} ${name}: ${ms} ms`)
  return ms
}

function wholeNumber(flag: string, written: string): number {
  if (/^[1-9]\d{0,3}$/.test(written)) return Number(written)
  throw new Error(`--${flag} is a whole number from 1 to 9999, got ${written}.`)
}
