import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { found, leftCode } from '../cloudformation/found.ts'
import { readTemplate, type Template } from '../cloudformation/read-template.ts'
import { type TemplateFunction, templateFunctions } from '../cloudformation/template-functions.ts'
import type { FoundFunction, LeftOut } from '../found-function.ts'
import { mapOf, textOf, valueIn } from '../json.ts'
import type { OutputReader } from '../output-reader.ts'
import { readSamTemplate } from '../sources/sam/template.ts'
import { stackOfProject } from './samconfig.ts'

/** Reads the output of `sam build`. */
export const samBuild: OutputReader = {
  reads: 'the folder .aws-sam/build',
  read: async (given, shownAs) => {
    const folder = [given, join(given, 'build'), dirname(given)].find(isBuild)
    if (folder === undefined) return undefined
    const project = dirname(dirname(folder))
    const stack = await stackOfProject(project)
    const { functions, left } = await functionsIn(join(folder, 'template.yaml'), shownAs)
    return {
      tool: 'SAM',
      functions: functions.map((fn) => ({
        ...fn,
        ...stack,
        ...(fn.source && 'path' in fn.source && { build: { run: ['sam', 'build'], in: project } }),
      })),
      left,
    }
  },
}

function isBuild(folder: string): boolean {
  const isUsual = basename(folder) === 'build' && basename(dirname(folder)) === '.aws-sam'
  return isUsual && existsSync(join(folder, 'template.yaml'))
}

interface InTemplate {
  functions: FoundFunction[]
  left: LeftOut[]
}

async function functionsIn(
  file: string,
  shownAs: string,
  nested: readonly string[] = [],
): Promise<InTemplate> {
  const template = await readTemplate(file)
  const written = readSamTemplate({ text: await readFile(file, 'utf8'), path: file, shownAs })
  const toAlias = new Map(written?.functions.map((each) => [each.logicalId, each.toAlias ?? []]))
  const functions = templateFunctions(template).map(
    (fn): FoundFunction => ({
      ...found(fn),
      toAlias: toAlias.get(fn.logicalId) ?? [],
      ...(nested.length > 0 && { nested }),
      ...codeOf(fn, { directory: dirname(file), shownAs }),
    }),
  )
  const all = { functions, left: [] as LeftOut[] }
  for (const { id, location } of nestedTemplates(template)) {
    const path = location === undefined ? undefined : resolve(dirname(file), location)
    if (path === undefined || !existsSync(path)) {
      all.left.push({
        what: id,
        file: shownAs,
        why: 'its template is elsewhere: the deployed stack has its functions',
      })
      continue
    }
    const below = await functionsIn(path, shownAs, [...nested, id])
    all.functions.push(...below.functions)
    all.left.push(...below.left)
  }
  return all
}

function codeOf(
  fn: TemplateFunction,
  { directory, shownAs }: { directory: string; shownAs: string },
): Pick<FoundFunction, 'source' | 'left'> {
  return fn.code.is === 'path'
    ? { source: { path: resolve(directory, fn.code.path) } }
    : leftCode(fn, shownAs)
}

/** The nested stacks of a template; a location is undefined if it is no path. */
function nestedTemplates({ Resources: resources }: Template): { id: string; location: string | undefined }[] {
  return Object.entries(mapOf(resources)).flatMap(([id, resource]) => {
    const field = locations[textOf(valueIn(resource, 'Type')) ?? '']
    if (field === undefined) return []
    const location = textOf(valueIn(resource, 'Properties', field))
    return [{ id, location: location?.includes('://') ? undefined : location }]
  })
}

const locations: Readonly<Record<string, string>> = {
  'AWS::Serverless::Application': 'Location',
  'AWS::CloudFormation::Stack': 'TemplateURL',
}
