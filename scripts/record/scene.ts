/** The recorded scene: a canary whose version fails under load, in the program itself against its sandbox. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { ended, program, start } from '../../demo/cli.ts'
import { sendTraffic } from '../../demo/traffic.ts'

/** The size of the recorded terminal. */
export const size = { columns: 96, rows: 34 }

/** A piece of output, and when the terminal got it: milliseconds since the start. */
export interface Chunk {
  readonly time: number
  readonly text: string
}

/** A minute of the release takes a second. */
const speed = '60'

/** Fails so seldom that 10% of the traffic stay below the alarm, and 50% do not. */
const failingHandler = `export async function handler(event: { order?: number }) {
  const order = event.order ?? 0
  if (order % 4 === 3) throw new Error(\`no price for order \${order}\`)
  return { order, total: 17.9 }
}
`

/** Plays the scene, and returns the output of its last commands, the typed lines included. */
export async function playScene(): Promise<Chunk[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-record-'))
  const sandbox = start(['sandbox', 'start', '--port', '0', '--speed', speed, '--json'], folder, process.env)
  try {
    return await play(folder, await addressOf(sandbox))
  } finally {
    sandbox.kill('SIGTERM')
    await ended(sandbox)
    await rm(folder, { recursive: true, force: true })
  }
}

interface Address {
  readonly url: string
  readonly accessKey: string
}

async function addressOf({ stdout }: ChildProcess): Promise<Address> {
  if (stdout === null) throw new Error('the sandbox has no output')
  const [line] = (await once(createInterface(stdout), 'line')) as [string]
  return JSON.parse(line) as Address
}

async function play(folder: string, { url, accessKey }: Address): Promise<Chunk[]> {
  const keys = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: accessKey, AWS_REGION: 'eu-west-1' }
  Object.assign(process.env, keys, { TZ: 'UTC' })
  await expectEnd(['init', 'shop'], folder, 0)
  const service = join(folder, 'shop')
  await edit(join(service, 'lambdactl.yaml'), /alarms: \[\]/, 'alarms: [errors]')
  await edit(join(service, 'lambdactl.yaml'), /^ {4}memory/m, '    alarms: { errors: 5 }\n    memory')
  await edit(join(service, 'lambdactl.yaml'), /http:[^"]+/, url)
  commit(service)
  await expectEnd(['deploy', '--env', 'sandbox'], service, 0)
  await expectEnd(['alarms', 'ensure', '--env', 'sandbox'], service, 0)
  await writeFile(join(service, 'functions/hello/index.ts'), failingHandler)
  commit(service)
  const client = new LambdaClient({ endpoint: url, region: 'eu-west-1' })
  const traffic = sendTraffic(client, 'shop-hello-sandbox', 'live')
  try {
    return await recorded(service)
  } finally {
    await traffic.stop()
    client.destroy()
  }
}

async function recorded(service: string): Promise<Chunk[]> {
  const clock = performance.now()
  const chunks: Chunk[] = []
  const add = (text: string) => chunks.push({ time: performance.now() - clock, text })
  const exitCode = await onTerminal(['canary', 'hello', '--env', 'sandbox'], service, add)
  if (exitCode !== 7) throw new Error(`the canary ended with exit code ${exitCode}, expected 7`)
  const text = chunks.map((each) => each.text).join('')
  if (!text.includes('50%')) throw new Error('the canary went back before it had 50%: record again')
  return chunks
}

async function onTerminal(args: string[], cwd: string, add: (text: string) => void): Promise<number> {
  add(`$ lambdactl ${args.join(' ')}\r\n`)
  const helper = join(import.meta.dirname, '../../test/cli/terminal.py')
  const env = {
    ...process.env,
    TERM: 'xterm-256color',
    FORCE_COLOR: '2',
    TERMINAL_COLUMNS: String(size.columns),
    TERMINAL_ROWS: String(size.rows),
  }
  const child = spawn('python3', [helper, process.execPath, program, ...args], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdout.setEncoding('utf8').on('data', add)
  return await ended(child)
}

/** The recorded release names its commit. */
function commit(folder: string): void {
  const author = ['-c', 'user.name=recorder', '-c', 'user.email=recorder@localhost']
  for (const words of [
    ['init', '-q'],
    ['add', '.'],
    [...author, 'commit', '-q', '-m', 'A release'],
  ])
    execFileSync('git', words, { cwd: folder })
}

async function edit(path: string, pattern: RegExp, replacement: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  if (!pattern.test(text)) throw new Error(`${path} has no ${String(pattern)}`)
  await writeFile(path, text.replace(pattern, replacement))
}

async function expectEnd(args: string[], cwd: string, expected: number): Promise<void> {
  const child = start(args, cwd, process.env)
  child.stdout?.resume()
  const exitCode = await ended(child)
  if (exitCode !== expected) throw new Error(`lambdactl ${args.join(' ')} ended with exit code ${exitCode}`)
}
