import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildFailure, BuildOptions, Message } from 'esbuild'
import { LambdactlError } from '../../errors/error.ts'
import type { NamedConfig, NextStep } from '../../errors/next-step.ts'
import { packageAt } from '../model/package-at.ts'
import { externalLine } from '../select/node-modules/native-packages.ts'
import { failedText, unresolvedNext } from './failed-lines.ts'

/** The error for a bundle that esbuild or a plugin could not make. */
export function bundleFailed(
  failure: Pick<BuildFailure, 'errors'>,
  { absWorkingDir: root = '', loader = {} }: Pick<BuildOptions, 'absWorkingDir' | 'loader'>,
  cause: unknown = failure,
): LambdactlError {
  const withoutLoader = failure.errors.flatMap((error) => fileWithoutLoader(error) ?? [])
  return new LambdactlError('PACKAGE_INVALID', failedText(failure.errors), {
    next: [
      ...unresolvedNext(failure.errors, root),
      ...sdkV2Next(failure.errors),
      ...loaderNext(withoutLoader, root, loader),
      ...binaryPackages(withoutLoader).map(addOnNext),
    ],
    cause,
  })
}

/** Runtimes since nodejs18.x have version 3 only; earlier runtimes have version 2, and it stays out of the bundle. */
function sdkV2Next(errors: readonly Message[]): string[] {
  return errors.some(({ text }) => /^Could not resolve "aws-sdk[/"]/.test(text))
    ? [
        'The runtime has no aws-sdk (version 2 of the AWS SDK): install it, or use version 3, such as @aws-sdk/client-s3.',
      ]
    : []
}

/** An imported file for which esbuild has no loader. */
interface FileWithoutLoader {
  /** The file's ending, as in `.sql`. */
  readonly ending: string
  /** Relative to the root. */
  readonly path: string
  /** The file that imports it. */
  readonly importer: string | undefined
  /** The line that imports it. */
  readonly line: string
}

function fileWithoutLoader({ text, location }: Message): FileWithoutLoader | undefined {
  const [, ending, path] = /^No loader is configured for "([^"]*)" files: (.+)$/.exec(text) ?? []
  if (ending === undefined || path === undefined) return undefined
  return { ending, path, importer: location?.file, line: location?.lineText ?? '' }
}

/** File endings of languages that only a plugin can compile. */
const compiled = /^\.(?:vue|svelte|s[ac]ss|less|styl|mdx|astro|coffee|civet|marko|riot)$/

/** The next steps for files without a loader: the line for lambdactl.yaml, and the words for a single import. */
function loaderNext(
  files: readonly FileWithoutLoader[],
  root: string,
  given: Readonly<Record<string, string>>,
): NextStep[] {
  const ours = files.filter((file) => !isAddOnOfPackage(file))
  const compilable = [
    ...new Set(ours.filter(({ ending }) => compiled.test(ending)).map(({ ending }) => ending)),
  ]
  const plain = ours.filter(({ ending }) => !compiled.test(ending))
  const loaders = new Map(plain.map((file) => [file.ending, loaderFor(file, root)]))
  // Loaders that are configured already stay in the line.
  const map = Array.from(
    new Map([...Object.entries(given), ...loaders]),
    ([ending, loader]) => `${JSON.stringify(ending)}: ${loader}`,
  ).toSorted()
  return [
    ...(loaders.size > 0
      ? [
          (config: NamedConfig) =>
            `Name the loader for such files in ${config.name}: bundle: {loader: {${map.join(', ')}}}`,
        ]
      : []),
    ...attributeNext(plain, loaders),
    ...(compilable.length > 0
      ? [
          `Files ending in ${compilable.join(', ')} have to be compiled: bundle: {plugins: [./PLUGIN.mjs]}, or build:`,
        ]
      : []),
  ]
}

/** The loader that gives a file's content as it is. */
function loaderFor({ ending, path }: FileWithoutLoader, root: string): 'binary' | 'copy' | 'text' {
  if (ending === '.node') return 'copy'
  const file = join(root, path)
  if (!existsSync(file)) return 'text'
  const content = readFileSync(file)
  return isUtf8(content) && !content.includes(0) ? 'text' : 'binary'
}

/** An import attribute sets the loader for one import; only for own code that is an ES module. */
function attributeNext(files: readonly FileWithoutLoader[], loaders: ReadonlyMap<string, string>): string[] {
  for (const { ending, importer = '', line } of files) {
    const type = { text: 'text', binary: 'bytes' }[loaders.get(ending) ?? '']
    const [statement] = /\bimport\b[^;]*?\bfrom\s*(['"])[^'"]*\1/.exec(line) ?? []
    if (type && statement && !importer.includes('node_modules/')) {
      return [`Or name it in the import, for that file only: ${statement} with { type: '${type}' }`]
    }
  }
  return []
}

/** The package whose code imports the file; undefined for own code. */
function packageOf({ importer = '' }: FileWithoutLoader): string | undefined {
  return packageAt(importer)?.name
}

function isAddOnOfPackage(file: FileWithoutLoader): boolean {
  return file.ending === '.node' && packageOf(file) !== undefined
}

/** The packages with native add-ons that esbuild was to bundle; esbuild can't. */
function binaryPackages(files: readonly FileWithoutLoader[]): string[] {
  return [...new Set(files.filter(isAddOnOfPackage).flatMap((file) => packageOf(file) ?? []))]
}

function addOnNext(name: string): string {
  return `${name} has a native add-on, which has to be beside the bundle and built for Lambda's Linux: ${externalLine([name])} adds it with its dependencies.`
}
