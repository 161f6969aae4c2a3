/**
 * How long whole commands take from their start to their end, as ratios to bare Node in the same round; beside other
 * tools, those that are installed.
 */
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isInstalled, measured } from './measured-process.ts'
import { onStage, type Stage } from './stage.ts'
import { type Round, startupReport } from './startup-report.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`--rounds is a whole number above 0, got ${values.rounds}.`)
}

const program = join(import.meta.dirname, '..', 'bin', 'run.js')

/** The arguments of a shell that completes `lambdactl status …`. */
const completion = ['__complete', 'bash', 'status', ':']

interface Contender {
  name: string
  command: readonly string[]
  env?: NodeJS.ProcessEnv
}

await onStage(1, async (stage) => {
  await stage.processes.cli(0, ['deploy', '--env', 'sandbox'], { RUN: 'second' })
  const contenders = [...own(stage), ...(await others(stage))]
  const measuredRounds: Round[] = []
  // The first round fills caches, of the system and of the program, and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const times = await oneRound(stage, contenders)
    if (round > 0) measuredRounds.push(times)
  }
  console.log(machine())
  console.log(startupReport(measuredRounds))
})

/** Each contender once. The two sandbox commands find a canary under way each time. */
async function oneRound(stage: Stage, contenders: readonly Contender[]): Promise<Round> {
  const times = new Map<string, number>()
  for (const { name, command, env } of contenders) {
    await stage.hand.shift(stage.lambdaName(stage.names[0] ?? ''))
    const options = { cwd: stage.folder, env: { ...stage.direct, ...env } }
    const { wall } = await measured(command, options)
    times.set(name, wall * 1000)
  }
  return times
}

function own({ folder, names: [fn = ''] }: Stage): Contender[] {
  const node = { command: [process.execPath, '-e', '0'] }
  const caches = { XDG_CACHE_HOME: join(folder, 'caches') }
  const lambdactl = (words: string, env: NodeJS.ProcessEnv = caches, more = '') => ({
    name: `lambdactl ${words}${more}`,
    command: [process.execPath, program, ...words.split(' ')],
    env,
  })
  const tab = { name: 'lambdactl, a tab for a function', command: [process.execPath, program, ...completion] }
  const lookAt = `status ${fn} --env sandbox`
  return [
    { name: 'node -e 0', ...node },
    { name: 'node -e 0, a second time', ...node },
    lambdactl('--version'),
    lambdactl('--help'),
    lambdactl('status --help'),
    { ...tab, env: caches },
    lambdactl(lookAt),
    lambdactl(lookAt, { NODE_DISABLE_COMPILE_CACHE: '1' }, ', no cache'),
    lambdactl(`rollback ${fn} --env sandbox`),
  ]
}

/** Tools for the same work, or of the same kind, as far as they are installed. */
async function others(stage: Stage): Promise<Contender[]> {
  const words = [
    `aws lambda get-alias --function-name ${stage.lambdaName(stage.names[0] ?? '')} --name live`,
    'aws --version',
    'terraform -version',
    'npm --version',
    'sam --version',
    'serverless --version',
    'cdk --version',
  ]
  const found: Contender[] = []
  for (const line of words) {
    const command = line.split(' ')
    const [tool = ''] = command
    if (await isInstalled(tool)) found.push({ name: line.replace(/ --function-name.*/, ''), command })
  }
  return found
}

/** The load of the last minute counts this benchmark too. */
function machine(): string {
  const [load = 0] = loadavg()
  return `${new Date().toISOString()}, Node ${process.version}, ${cpus().length} cores, load ${load.toFixed(1)}, ${rounds} rounds`
}
