/**
 * The speed of the sandbox: warm invocations and cold starts beside a bare HTTP server with bare child processes, and
 * its start and reads with a large state.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { askStatus } from '../src/sandbox/own/status.ts'
import { type Processes, processes } from './processes.ts'
import { coldStarts } from './sandbox/cold.ts'
import { bare, isThere, make, type Runtime } from './sandbox/functions.ts'
import { load } from './sandbox/load.ts'
import { type Amounts, aliasTimes, makeModel, minuteTimes, multiply, writeEvents } from './sandbox/stored.ts'
import { loadHead, loadRow, startHead, startRow, storedHead, storedRow } from './sandbox/table.ts'

const parts = { warm, cold, stored }

const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true, default: Object.keys(parts) },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '20' },
    functions: { type: 'string', default: '2000' },
    events: { type: 'string', default: '1000000' },
  },
})

/** A rate that leaves the machine some time: without one, 64 clients measure how many requests it can answer. */
const paced = { connections: 64, rate: 500 }

const region = 'eu-west-1'
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }

try {
  for (const [name, part] of Object.entries(parts)) if (values.part.includes(name)) await inFolder(part)
  const [minute = 0] = loadavg()
  console.log(
    `${new Date().toISOString()}, ${cpus().length} cores, Node ${process.version}, load ${minute.toFixed(1)}`,
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function inFolder(part: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-bench-'))
  try {
    await part(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Lets programs run, and ends them whatever happens. */
async function withProcesses<Result>(
  folder: string,
  play: (all: Processes) => Promise<Result>,
): Promise<Result> {
  const all = processes(folder, {})
  const interrupt = () => void all.end()
  process.once('SIGINT', interrupt)
  try {
    return await play(all)
  } finally {
    process.off('SIGINT', interrupt)
    await all.end()
  }
}

function warm(folder: string): Promise<void> {
  return withProcesses(folder, async (all) => {
    const url = await all.sandbox()
    await make(new LambdaClient({ endpoint: url, region, credentials }), 'warm', 'node')
    const floor = await all.server(process.execPath, [join(bare, 'server.mjs')])
    // The sandbox looks at the key of a signature only, so the client's work is the same for both.
    const authorization = `AWS4-HMAC-SHA256 Credential=bench/20260101/${region}/lambda/aws4_request`
    const shot = { headers: { authorization, 'content-type': 'application/json' }, body: '{"order":1}' }
    console.log(loadHead)
    for (const clients of [{ connections: 1 }, { connections: 8 }, { connections: 64 }, paced]) {
      const bareLoad = await load({ ...shot, url: floor }, clients, Number(values.seconds))
      const invoke = `${url}/2015-03-31/functions/warm/invocations`
      const own = await load({ ...shot, url: invoke }, clients, Number(values.seconds))
      console.log(loadRow(own, bareLoad))
    }
  })
}

function cold(folder: string): Promise<void> {
  return withProcesses(folder, async (all) => {
    const client = new LambdaClient({ endpoint: await all.sandbox(), region, credentials })
    console.log(startHead)
    for (const runtime of ['node', 'python'] satisfies Runtime[]) {
      if (!(await isThere(runtime))) {
        console.log(`${runtime} is not installed.`)
        continue
      }
      await make(client, runtime, runtime)
      console.log(startRow(runtime, await coldStarts(client, runtime, Number(values.rounds))))
    }
  })
}

async function stored(folder: string): Promise<void> {
  console.log(storedHead)
  await storedCase(folder, { functions: 1, versionsOfEach: 10, events: 4000 })
  const amounts = { functions: Number(values.functions), versionsOfEach: 10, events: Number(values.events) }
  await storedCase(folder, amounts)
}

async function storedCase(folder: string, amounts: Amounts): Promise<void> {
  const state = join(folder, `state-${amounts.functions}`)
  await withProcesses(folder, async (all) => {
    const settings = { endpoint: await all.sandbox(['--state', state]), region, credentials }
    await makeModel(new LambdaClient(settings), amounts.versionsOfEach)
    await writeEvents(new CloudWatchLogsClient(settings), amounts.events)
  })
  multiply(state, amounts.functions)
  await withProcesses(folder, async (all) => {
    const start = performance.now()
    const settings = { endpoint: await all.sandbox(['--state', state]), region, credentials }
    const startMs = performance.now() - start
    const alias = await aliasTimes(new LambdaClient(settings), amounts.functions, 2000)
    const minute = await minuteTimes(new CloudWatchLogsClient(settings), 200)
    const residentMib = await residentMibOf(settings.endpoint)
    console.log(storedRow(`${amounts.functions} fn`, { startMs, residentMib, alias, minute }))
  })
}

/** The resident memory of a sandbox; Linux tells it of any process. */
async function residentMibOf(url: string): Promise<number> {
  const status = await askStatus(Number(new URL(url).port), credentials.accessKeyId)
  if (!status) throw new Error(`The sandbox at ${url} did not say which process it is.`)
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${status.pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
