/**
 * Whether a tail loses events, shows some twice or out of order, and how long each takes from the time at which it could be
 * read to the pipe: the built CLI, and `aws logs tail` where it is installed, against a CloudWatch Logs of the benchmark.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Case, cases } from './logs/cases.ts'
import { type Contender, importOf, lambdactl, peers } from './logs/contenders.ts'
import { runCase } from './logs/run-case.ts'
import { backlogSpeed, head, memoryOverTime, resultRow } from './logs/table.ts'

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true },
    seconds: { type: 'string' },
    peers: { type: 'boolean', default: true },
    head: { type: 'boolean', default: true },
    stderr: { type: 'boolean', default: false },
  },
  allowNegative: true,
})

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const others = values.peers ? await peers() : []
  if (values.peers && others.length === 0) console.log('aws logs tail: the AWS CLI v2 is not installed.')
  if (values.head) console.log(head)
  for (const name of values.case ?? Object.keys(cases)) {
    for (const contender of [lambdactl, ...others]) await run(name, contender)
  }
}

async function run(name: string, contender: Contender): Promise<void> {
  const of = chosen(name)
  if (!contender.takesPart(of)) return
  if (of.rate !== 1 && !process.execArgv.includes('--import')) return runWithClock(name, of)
  const outcome = await runCase(of, contender)
  console.log(resultRow(`${contender.name}, ${of.title}`, outcome))
  if (of.forMs === 0) console.log(backlogSpeed(outcome))
  else if (of.forMs > 60_000) console.log(memoryOverTime(outcome))
  const [, load = 0] = loadavg()
  console.error(`${new Date().toISOString()}, ${cpus().length} cores, load ${load.toFixed(1)}`)
  if (values.stderr) console.error(outcome.stderr)
}

/** Runs a case in a process of its own whose clock runs as fast as the case says. */
async function runWithClock(name: string, { rate }: Case): Promise<void> {
  const clock = importOf({ aheadMs: 0, rate, from: Date.now() })
  const given = process.argv.slice(2).filter((each, at, all) => each !== '--case' && all[at - 1] !== '--case')
  const args = [...clock, import.meta.filename, '--case', name, '--no-peers', '--no-head', ...given]
  await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'close')
}

/** A case, as long as it was asked for. */
function chosen(name: string): Case {
  const found = cases[name]
  if (!found) throw new Error(`There is no case ${name}; there are ${Object.keys(cases).join(', ')}.`)
  if (values.seconds === undefined || found.forMs === 0) return found
  const seconds = Number(values.seconds)
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new Error(`--seconds is a whole number, got ${values.seconds}.`)
  return { ...found, forMs: seconds * 1000 }
}
