/**
 * How long packaging takes beside a floor and other packers, on two seeded trees and one TypeScript handler: all in one
 * run, one after the other in every round, each in a process of its own.
 */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isInstalled, measured, type Usage } from './measured-process.ts'
import { packageReport } from './package-report.ts'
import { type TreeShape, writeTree } from './package-tree.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } },
})
const rounds = wholeNumber('rounds', values.rounds)
const seed = wholeNumber('seed', values.seed)
const shapes: TreeShape[] = [
  { files: 5000, bytes: 22e6 },
  { files: 50_000, bytes: 214e6 },
]
const program = join(import.meta.dirname, '../bin/run.js')
const contender = join(import.meta.dirname, 'package-contender.ts')

/** A way to package, and where its zip's size is seen. */
interface Contender {
  name: string
  command: readonly string[]
  /** The file that it writes; otherwise it says the size. */
  out?: string
  /** A program that may be missing. */
  needs?: string
  /** Nothing is remembered from before. */
  isFirst?: boolean
}

const place = await mkdtemp(join(tmpdir(), 'lambdactl-bench-'))
const env = {
  ...process.env,
  LAMBDACTL_CACHE_DIR: join(place, 'cache'),
  NODE_COMPILE_CACHE: join(place, 'compiled'),
}
const out = join(place, 'out.zip')
// Ctrl-C ends the program that runs; that fails the benchmark, which then clears up.
process.on('SIGINT', () => console.error('Interrupted.'))
try {
  console.log(`${new Date().toISOString()}, Node ${process.version}, ${cpus().length} cores, seed ${seed}`)
  await onHandler()
  for (const shape of shapes) await onTree(shape)
} finally {
  await rm(place, { recursive: true, force: true })
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new Error(`--${name}: expected a whole number from 1 on, got ${text}.`)
}

async function onTree(shape: TreeShape): Promise<void> {
  const service = join(place, `service-${shape.files}`)
  writeTree(join(service, 'src'), shape, seed)
  await writeConfiguration(service, 'false')
  const folder = join(service, 'src')
  const node = (way: string) => [process.execPath, contender, way, folder, out]
  await race(`${shape.files} files, ${shape.bytes / 1e6} MB`, folder, [
    { name: 'floor', command: node('floor') },
    ...firstAndUnchanged(service, '--no-load'),
    { name: 'zip -r -6', command: ['zip', '-qr', '-6', out, '.'], out, needs: 'zip' },
    { name: '7z, 2 threads', command: ['7z', 'a', '-tzip', '-mmt2', out, '.'], out, needs: '7z' },
    { name: 'archiver as it comes', command: node('archiver'), out },
    // Last, since it writes all the files, and what is written keeps the disk busy for a while.
    ...firstAndUnchanged(service),
  ])
}

async function onHandler(): Promise<void> {
  const service = join(place, 'service')
  await writeHandler(join(service, 'src'))
  await writeConfiguration(service, 'true')
  await race('A TypeScript handler of 41 modules', service, [
    ...firstAndUnchanged(service, '--no-load'),
    ...firstAndUnchanged(service),
  ])
}

/** The whole command, from its start to the zip; the second finds what the first one remembered. */
function firstAndUnchanged(service: string, ...flags: readonly string[]): Contender[] {
  const file = join(service, 'lambdactl.yaml')
  const command = [process.execPath, program, 'package', '--config', file, '--out', out, ...flags]
  const name = ['package', ...flags].join(' ')
  return [
    { name, command, out, isFirst: true },
    { name: `${name}, unchanged`, command, out },
  ]
}

/** Each packer in each round; the ratios are to the first of them. */
async function race(title: string, cwd: string, all: readonly Contender[]): Promise<void> {
  const there = await Promise.all(
    all.map(async ({ needs }) => needs === undefined || (await isInstalled(needs))),
  )
  const contenders = all.filter((_, index) => there[index])
  const results = new Map(contenders.map(({ name }) => [name, [] as (Usage & { zipped: number })[]]))
  // From the second time on, Node has its code compiled.
  for (const { command, isFirst } of contenders) if (isFirst) await measured(command, { cwd, env })
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, command, out: made, isFirst } of contenders) {
      if (isFirst) await rm(env.LAMBDACTL_CACHE_DIR, { recursive: true, force: true })
      if (made) await rm(made, { force: true })
      const usage = await measured(command, { cwd, env })
      const zipped = made ? (await stat(made)).size : Number(usage.stdout)
      results.get(name)?.push({ ...usage, zipped })
    }
  }
  console.log(`\n${title}; load ${loadavg()[0]?.toFixed(1)}`)
  console.log(packageReport(results))
}

async function writeHandler(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const modules = Array.from({ length: 40 }, (_, index) => index)
  for (const index of modules) {
    await writeFile(join(folder, `m${index}.ts`), `export const value${index}: number = ${index}\n`)
  }
  const imports = modules.map((index) => `import { value${index} } from './m${index}.ts'`)
  const sum = modules.map((index) => `value${index}`).join(' + ')
  await writeFile(
    join(folder, 'index.ts'),
    `${imports.join('\n')}\nexport const handler = async () => ${sum}\n`,
  )
}

function writeConfiguration(service: string, bundle: 'true' | 'false'): Promise<void> {
  const text = `service: bench
functions:
  one: { source: src, runtime: nodejs24.x, handler: index.handler, bundle: ${bundle} }
environments:
  test: { region: eu-west-1, role: 'arn:aws:iam::000000000000:role/any' }
`
  return writeFile(join(service, 'lambdactl.yaml'), text)
}
