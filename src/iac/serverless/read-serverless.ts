import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { found, leftCode } from '../cloudformation/found.ts'
import { readJson } from '../cloudformation/read-template.ts'
import { type TemplateFunction, templateFunctions } from '../cloudformation/template-functions.ts'
import type { FoundFunction, LeftOut } from '../found-function.ts'
import { mapOf, textOf, valueIn } from '../json.ts'
import type { OutputReader } from '../output-reader.ts'
import { packagedToAlias } from '../sources/serverless/to-alias.ts'
import { packageAdvice } from './advice.ts'

const templateFile = 'cloudformation-template-update-stack.json'
const stateFile = 'serverless-state.json'

/** Reads the packages of `serverless package`. */
export const serverlessPackages: OutputReader = {
  reads: 'the folder .serverless',
  read: async (folder, shownAs) => {
    if (!existsSync(join(folder, templateFile)) || !existsSync(join(folder, stateFile))) return undefined
    const template = await readJson(join(folder, templateFile))
    const state = await readJson(join(folder, stateFile))
    const packaged = packagedAs(state, folder)
    const all = templateFunctions(template)
    const isOwn = ({ lambdaName }: TemplateFunction) => packaged.names.has(lambdaName ?? '')
    return {
      tool: 'Serverless',
      functions: all.filter(isOwn).map((fn) => ({
        ...foundIn(fn, shownAs, packaged),
        toAlias: packagedToAlias(fn.logicalId, template, shownAs),
      })),
      left: [
        ...all.filter((fn) => !isOwn(fn)).map((fn) => leftHelper(fn, shownAs)),
        ...packageAdvice(state, all.filter(isOwn), shownAs),
      ],
    }
  },
}

/** The facts of a package that its template does not have. */
interface Packaged {
  /** The folder of the packages. */
  folder: string
  /** The functions of serverless.yml by their names in Lambda. */
  names: ReadonlyMap<string, Named>
  stage: string
  region: string | undefined
  stack: string
}

/** A function of serverless.yml. */
interface Named {
  key: string
  /** The zip that serverless.yml or the framework names; maybe of another machine. */
  artifact: string | undefined
}

function packagedAs(state: Readonly<Record<string, unknown>>, folder: string): Packaged {
  const { service, provider, functions, package: shared } = mapOf(state['service'])
  const all = Object.entries(mapOf(functions)).map(([key, fn]) => {
    const artifact = textOf(valueIn(fn, 'package', 'artifact')) ?? textOf(valueIn(shared, 'artifact'))
    return [textOf(valueIn(fn, 'name')) ?? '', { key, artifact }] as const
  })
  const stage = textOf(valueIn(provider, 'stage')) ?? 'dev'
  return {
    folder,
    names: new Map(all),
    stage,
    region: textOf(valueIn(provider, 'region')),
    stack: textOf(valueIn(provider, 'stackName')) ?? `${textOf(service) ?? ''}-${stage}`,
  }
}

function foundIn(fn: TemplateFunction, shownAs: string, packaged: Packaged): FoundFunction {
  const { stack, region, names } = packaged
  const { code, lambdaName = '', logicalId } = fn
  return {
    ...found(fn),
    logicalId: names.get(lambdaName)?.key ?? logicalId,
    stack,
    ...(region !== undefined && { region }),
    ...(code.is === 's3'
      ? { source: { path: zipOf(fn, code.key, packaged) }, build: packageFor(packaged) }
      : leftCode(fn, shownAs)),
  }
}

/** The framework uploads a zip by its name; one that serverless.yml names itself stays in its place. */
function zipOf({ lambdaName = '' }: TemplateFunction, key: string, { folder, names }: Packaged): string {
  const made = join(folder, basename(key))
  const { artifact } = names.get(lambdaName) ?? {}
  if (artifact === undefined || existsSync(made)) return made
  const named = resolve(dirname(folder), artifact)
  return existsSync(named) ? named : made
}

function packageFor({ folder, stage }: Packaged): NonNullable<FoundFunction['build']> {
  const run = ['npx', 'serverless', 'package', '--stage', stage]
  const isUsual = basename(folder) === '.serverless'
  return { run: isUsual ? run : [...run, '--package', basename(folder)], in: dirname(folder) }
}

function leftHelper({ logicalId }: TemplateFunction, file: string): LeftOut {
  return {
    what: logicalId,
    file,
    why: 'serverless.yml has no such function: the framework or resources: makes it',
  }
}
