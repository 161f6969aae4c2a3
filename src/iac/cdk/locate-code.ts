import { realpath } from 'node:fs/promises'
import { dirname, relative, sep } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import type { NextStep } from '../../errors/next-step.ts'
import { placeWords } from '../cloudformation/found.ts'
import { isAssembly } from './assembly.ts'
import { type CdkFunction, cdkFunctions, partOf } from './cdk-functions.ts'

const mostNames = 8

/**
 * Finds the code of a function in the output of `cdk synth`, where each change of the code has another folder.
 *
 * @param folder absolute
 * @param part `STACK/LOGICAL_ID`; the stack by its name, or by its path in the app, which may have slashes itself. The
 * logical ids of nested stacks are between them
 * @returns the absolute path of a folder or a zip
 * @throws LambdactlError PACKAGE_INVALID if there is no such function, or if its code is no asset
 */
export async function locateCode(folder: string, part: string): Promise<string> {
  if (!(await isAssembly(folder))) {
    throw refused(`${folder} is no output of \`cdk synth\`: expected manifest.json and cdk.out in it.`, [
      made,
    ])
  }
  const all = await cdkFunctions(folder)
  const found = all.filter((fn) => partOf(fn, fn.stack.name) === part || partOf(fn, fn.stack.path) === part)
  const [first] = found
  if (first === undefined) throw unknownPart(folder, part, all)
  const [asset, ...others] = new Set(found.map((fn) => fn.asset))
  if (others.length > 0) {
    const paths = found.map((fn) => partOf(fn, fn.stack.path))
    throw refused(`${folder} has several stacks of the name in ${part}, and their code differs.`, [
      (config) => `Name the stack by its path in source: in ${config.name}: ${firstNames(paths, mostNames)}.`,
    ])
  }
  if (asset === undefined) throw notAnAsset(part, first)
  return inside(folder, asset)
}

const made: NextStep = (config) =>
  `Run \`cdk synth\`, or have each release run it: build: [npx, cdk, synth, --quiet] in ${config.name}.`

function unknownPart(folder: string, part: string, all: readonly CdkFunction[]): LambdactlError {
  const parts = all.map((fn) => partOf(fn, fn.stack.path))
  const alike = parts.filter((each) => constructOf(each) === constructOf(part))
  const shown = alike.length > 0 ? alike : parts
  return refused(
    `${folder} has no function ${part}: expected ${shown.length > 0 ? `one of ${firstNames(shown, mostNames)}` : 'a stack with a function'}.`,
    [
      (config) =>
        `Correct source: in ${config.name}: after # it names the stack and the function's logical id.`,
    ],
  )
}

/** The CDK appends eight digits to the names of constructs. */
function constructOf(part: string): string {
  return part.slice(part.lastIndexOf('/') + 1).replace(/[0-9A-F]{8}$/, '')
}

function notAnAsset(part: string, { code }: CdkFunction): LambdactlError {
  return refused(`The code of ${part} is no asset that lambdactl could package: it is ${placeWords(code)}.`, [
    (config) =>
      `Remove source: from ${config.name}: a release with manages: code then takes the code that the stack gave $LATEST.`,
  ])
}

/** @throws LambdactlError PACKAGE_INVALID for an asset outside of the output, which may be anything of this machine */
async function inside(folder: string, asset: string): Promise<string> {
  const [root, real] = await Promise.all([outermost(folder).then(realOf), realOf(asset)])
  if (relative(root, real).split(sep)[0] !== '..') return real
  throw refused(`The output of \`cdk synth\` names ${asset}, which is outside of ${folder}.`, [
    'Synthesize with staged assets, the default: without the context aws:cdk:disable-asset-staging.',
  ])
}

/** The folder of a stage lies in the folder of the app, which has the assets. */
async function outermost(folder: string): Promise<string> {
  return (await isAssembly(dirname(folder))) ? outermost(dirname(folder)) : folder
}

/** A missing path is reported when it is read. */
function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

function refused(message: string, next: readonly NextStep[]): LambdactlError {
  return new LambdactlError('PACKAGE_INVALID', message, { next })
}
