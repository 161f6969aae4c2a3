import { join, resolve } from 'node:path'
import { readJson, type Template } from '../cloudformation/read-template.ts'
import { type TemplateFunction, templateFunctions } from '../cloudformation/template-functions.ts'
import { mapOf, textOf, valueIn } from '../json.ts'
import { type AssemblyStack, assemblyStacks } from './assembly.ts'
import { fileCounter } from './count-files.ts'

/** A function in the output of `cdk synth`. */
export interface CdkFunction extends TemplateFunction {
  stack: AssemblyStack
  /** The logical ids of the nested stacks on the way from the stack to it. */
  nested: readonly string[]
  /** The absolute path of its code: a folder, or a zip. Undefined if the code is no asset. */
  asset: string | undefined
}

/**
 * Lists the functions of all stacks, nested ones too.
 *
 * @param folder absolute
 * @throws LambdactlError CONFIG_INVALID if a file of the output can't be read
 */
export async function cdkFunctions(folder: string): Promise<CdkFunction[]> {
  const count = fileCounter(folder)
  const stacks = await assemblyStacks(folder, count)
  const found = stacks.map((stack) => functionsIn(stack, stack.templateFile, [], count))
  return (await Promise.all(found)).flat()
}

/** Its name after `#` in `source`, as in `Shop/Pay1A2B`. @param stack the name or the path of its stack */
export function partOf({ nested, logicalId }: CdkFunction, stack: string): string {
  return [stack, ...nested, logicalId].join('/')
}

async function functionsIn(
  stack: AssemblyStack,
  templateFile: string,
  nested: readonly string[],
  count: () => void,
): Promise<CdkFunction[]> {
  count()
  const template = await readJson(join(stack.directory, templateFile))
  const own = templateFunctions(template).map((fn) => ({ ...fn, stack, nested, asset: assetOf(stack, fn) }))
  const below = nestedTemplates(template).map(([id, file]) =>
    functionsIn(stack, file, [...nested, id], count),
  )
  return [...own, ...(await Promise.all(below)).flat()]
}

/** The nested stacks of a template by their logical ids, with their templates' files. */
function nestedTemplates({ Resources: resources }: Template): [string, string][] {
  return Object.entries(mapOf(resources)).flatMap(([id, resource]) => {
    const file = textOf(valueIn(resource, 'Metadata', assetPath))
    return valueIn(resource, 'Type') === 'AWS::CloudFormation::Stack' && file !== undefined
      ? [[id, file] as [string, string]]
      : []
  })
}

const assetPath = 'aws:asset:path'

/** The key in the bucket names the asset; the synthesizer of CDK 1 has parameters for keys. */
function assetOf(
  { assets, directory }: AssemblyStack,
  { code, metadata }: TemplateFunction,
): string | undefined {
  if (code.is !== 's3' && code.is !== 'open') return undefined
  const known = code.is === 's3' ? assets.get(code.key) : undefined
  const path = textOf(metadata[assetPath])
  return known ?? (path === undefined ? undefined : resolve(directory, path))
}
