import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { LambdactlError } from '../../../src/errors/error.ts'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'
import type { BundleSettings, FunctionPackage, PackageSource } from '../../../src/packaging/model/types.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { zippedFiles } from '../../../src/packaging/unzip/ready-zip.ts'
import { folder } from '../folder.ts'
import { tools } from '../tools.ts'

export type Files = Readonly<Record<string, string | Buffer>>

/** The settings of a bundle whose plugins are relative to the source. */
export type Settings = Partial<Omit<PackageSource, 'bundle'>> & { bundle?: BundleSettings | boolean }

/** Bundles `index.handler` of these files. */
export async function bundle(files: Files, { bundle: wanted = {}, ...more }: Settings = {}) {
  await using source = await folder(files)
  const settings =
    typeof wanted === 'object'
      ? { ...wanted, plugins: wanted.plugins?.map((path) => join(source.path, path)) }
      : wanted
  const fn = {
    source: source.path,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    bundle: settings,
    ...more,
  }
  return await packageFunction(fn, { tools: tools(source.path) })
}

/** The code of the bundle. */
export async function codeOf({ zip }: FunctionPackage): Promise<string> {
  const main = (await zippedFiles(zip, 'the package')).find(({ path }) => /\.[cm]js$/.test(path))
  return (await main?.content())?.toString('utf8') ?? ''
}

/** The handler's answer from the unpacked zip, in a process of its own. */
export async function answerOf({ zip }: FunctionPackage, name = 'index.mjs'): Promise<unknown> {
  const zipped = await zippedFiles(zip, 'the package')
  const contents = await Promise.all(zipped.map(async (file) => [file.path, await file.content()] as const))
  await using out = await folder(Object.fromEntries(contents))
  const script = `import { handler } from './${name}'\nconsole.log(JSON.stringify(await handler({})))`
  await writeFile(join(out.path, 'run.mjs'), script)
  const { stdout } = await promisify(execFile)(process.execPath, [join(out.path, 'run.mjs')])
  return JSON.parse(stdout)
}

/** The message of the error that a bundle ends with, and its next steps as a person reads them. */
export async function refusalOf(work: Promise<unknown>): Promise<{ message: string; next: string[] }> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  const { message = 'bundled', next = [] } = (error ?? {}) as Partial<LambdactlError>
  return { message, next: stepsFor(usualConfig, next) }
}
