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
}

const place = await mkdtemp(join(tmpdir(), 'lambdactl-bench-'))
const env = {
  ...process.env,
  LAMBDACTL_CACHE_DIR: join(place, 'cache'),
  NODE_COMPILE_CACHE: join(place, 'compiled'),
}
// Ctrl-C ends the program that runs; that fails the benchmark, which then clears up.
process.on('SIGINT', () => console.error('Interrupted.'))
try {
  console.log(`${new Date().toISOString()}, Node ${process.version}, ${cpus().length} cores, seed ${seed}`)
  for (const shape of shapes) await onTree(shape)
  await onHandler()
} finally {
  await rm(place, { recursive: true, force: true })
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new Error(`--${name}: expected a whole number from 1 on, got ${text}.`)
}

async function onTree(shape: TreeShape): Promise<void> {
  const folder = join(place, `tree-${shape.files}`)
  writeTree(folder, shape, seed)
  const contenders = await contendersFor(folder)
  const results = new Map(contenders.map(({ name }) => [name, [] as (Usage & { zipped: number })[]]))
  await measured(contenders[0]?.command ?? [], { cwd: folder, env })
  for (let round = 0; round < rounds; round += 1) {
    await rm(env.LAMBDACTL_CACHE_DIR, { recursive: true, force: true })
    for (const { name, command, out } of contenders) {
      if (out) await rm(out, { force: true })
      const usage = await measured(command, { cwd: folder, env })
      const zipped = out ? (await stat(out)).size : Number(usage.stdout)
      results.get(name)?.push({ ...usage, zipped })
    }
  }
  console.log(`\n${shape.files} files, ${shape.bytes / 1e6} MB; load ${loadavg()[0]?.toFixed(1)}`)
  console.log(packageReport(results))
  await rm(folder, { recursive: true })
}

async function contendersFor(folder: string): Promise<Contender[]> {
  const out = join(place, 'out.zip')
  const node = (way: string) => [process.execPath, contender, way, folder, out]
  const all: (Contender & { needs?: string })[] = [
    { name: 'floor', command: node('floor') },
    { name: 'lambdactl', command: node('lambdactl') },
    { name: 'lambdactl, unchanged', command: node('lambdactl') },
    { name: 'zip -r -6', command: ['zip', '-qr', '-6', out, '.'], out, needs: 'zip' },
    { name: '7z, 2 threads', command: ['7z', 'a', '-tzip', '-mmt2', out, '.'], out, needs: '7z' },
    { name: 'archiver as it comes', command: node('archiver'), out },
  ]
  const there = await Promise.all(
    all.map(async ({ needs }) => needs === undefined || (await isInstalled(needs))),
  )
  return all.filter((_, index) => there[index])
}

/** The whole command, from its start to the zip. */
async function onHandler(): Promise<void> {
  const folder = join(place, 'service')
  await mkdir(join(folder, 'src'), { recursive: true })
  const modules = Array.from({ length: 40 }, (_, index) => index)
  for (const index of modules) {
    await writeFile(join(folder, `src/m${index}.ts`), `export const value${index}: number = ${index}\n`)
  }
  const imports = modules.map((index) => `import { value${index} } from './m${index}.ts'`)
  const sum = modules.map((index) => `value${index}`).join(' + ')
  await writeFile(
    join(folder, 'src/index.ts'),
    `${imports.join('\n')}\nexport const handler = async () => ${sum}\n`,
  )
  await writeFile(
    join(folder, 'lambdactl.yaml'),
    `service: bench
functions:
  one: { source: src, runtime: nodejs24.x, handler: index.handler }
environments:
  test: { region: eu-west-1, role: 'arn:aws:iam::000000000000:role/any' }
`,
  )
  const command = [process.execPath, program, 'package', '--out', join(place, 'one.zip')]
  const results = new Map([['lambdactl package', [] as (Usage & { zipped: number })[]]])
  // From the second time on, Node has its code compiled.
  await measured(command, { cwd: folder, env })
  for (let round = 0; round < rounds; round += 1) {
    const usage = await measured(command, { cwd: folder, env })
    results.get('lambdactl package')?.push({ ...usage, zipped: (await stat(join(place, 'one.zip'))).size })
  }
  console.log(`\nA TypeScript handler of 41 modules, the whole command; load ${loadavg()[0]?.toFixed(1)}`)
  console.log(packageReport(results))
}
