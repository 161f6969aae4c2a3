/**
 * How long it takes from a save to the alias that serves it: `dev` beside a plain `deploy` of the same change, in one run
 * against one sandbox. Each save changes a line of a function that is bundled from a hundred modules.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { figures } from './figures.ts'
import { processes } from './processes.ts'

const { values } = parseArgs({ options: { saves: { type: 'string', default: '15' } } })
const region = 'eu-west-1'
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
const folder = await mkdtemp(join(tmpdir(), 'lambdactl-bench-'))
const programs = processes(folder, {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
})
/** How often the alias is read, milliseconds: it adds up to this to each value. */
const lookEveryMs = 3
const settleMs = 300

try {
  const endpoint = await programs.sandbox()
  const lambda = new LambdaClient({ endpoint, region, credentials })
  await makeService(endpoint)
  await programs.cli(0, ['deploy'])
  const byDeploy = await sample(lambda, 'one', () => programs.cli(0, ['deploy', 'one']))
  const dev = programs.cli(0, ['dev', 'two'])
  await save('two', 'begun')
  await Promise.race([dev, moved(lambda, 'two', '1')])
  const byDev = await sample(lambda, 'two', () => Promise.resolve())
  console.log(report(byDeploy, byDev))
  lambda.destroy()
  await Promise.all([programs.end(), dev.catch(() => undefined)])
} finally {
  await programs.end()
  await rm(folder, { recursive: true, force: true })
}

/** The times from a save to the alias on another version, milliseconds. */
async function sample(lambda: LambdaClient, name: string, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = []
  for (let count = 0; count < Number(values.saves); count += 1) {
    await pause(settleMs)
    const before = await versionOf(lambda, name)
    const began = performance.now()
    await save(name, `text ${count}`)
    const working = work()
    await moved(lambda, name, before)
    times.push(performance.now() - began)
    await working
  }
  return times
}

async function moved(lambda: LambdaClient, name: string, before: string | undefined): Promise<void> {
  while ((await versionOf(lambda, name)) === before) await pause(lookEveryMs)
}

async function versionOf(lambda: LambdaClient, name: string): Promise<string | undefined> {
  const alias = { FunctionName: `bench-${name}-sandbox`, Name: 'live' }
  return (await lambda.send(new GetAliasCommand(alias))).FunctionVersion
}

async function save(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name, 'text.ts'), `export const text: string = '${text}'\n`)
}

async function makeService(endpoint: string): Promise<void> {
  const functions = ['one', 'two'].map(
    (name) =>
      `  ${name}: {source: ${name}, runtime: nodejs24.x, handler: index.handler, release: {bake: 0s}}\n`,
  )
  const place = `{region: ${region}, endpoint: "${endpoint}", role: "arn:aws:iam::000000000000:role/bench"}`
  const file = `service: bench\nfunctions:\n${functions.join('')}environments:\n  sandbox: ${place}\n`
  await writeFile(join(folder, 'lambdactl.yaml'), file)
  for (const name of ['one', 'two']) await writeModules(name)
}

async function writeModules(name: string): Promise<void> {
  await mkdir(join(folder, name))
  await save(name, 'first')
  const numbers = Array.from({ length: 100 }, (_, index) => index)
  for (const number of numbers) {
    const body = `export const part${number} = (text: string): string => text + ${number}\n`
    await writeFile(join(folder, name, `part${number}.ts`), body)
  }
  const imports = numbers.map((number) => `import { part${number} } from './part${number}.ts'\n`).join('')
  const calls = numbers.map((number) => `part${number}(text)`).join(', ')
  const handler = `export const handler = async () => [${calls}]\n`
  await writeFile(join(folder, name, 'index.ts'), `import { text } from './text.ts'\n${imports}${handler}`)
}

function report(deploy: readonly number[], dev: readonly number[]): string {
  const [load = 0] = loadavg()
  const ratio = figures(deploy).p50 / figures(dev).p50
  return [
    `${new Date().toISOString()}, Node ${process.version}, ${availableParallelism()} cores, load ${load.toFixed(1)}`,
    'From a save to the alias that serves it, ms',
    `           n${['least', 'p50', 'p90', 'max'].map((head) => head.padStart(8)).join('')}`,
    row('deploy', deploy),
    row('dev', dev),
    `deploy / dev at the median: ${ratio.toFixed(1)}`,
  ].join('\n')
}

function row(name: string, times: readonly number[]): string {
  const { count, p50, p90, max } = figures(times)
  const cells = [Math.min(...times), p50, p90, max].map((ms) => ms.toFixed(0).padStart(8))
  return `${name.padEnd(8)}${String(count).padStart(4)}${cells.join('')}`
}
