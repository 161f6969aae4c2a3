import { basename, dirname } from 'node:path'
import type { FoundFunction, FoundOutput, LeftOut } from '../../found-function.ts'
import { isList, isParts, listOf, type Part, type Parts, partAt, partsOf, textOf } from '../part.ts'
import { readSource } from '../read-source.ts'
import type { SourceFile } from '../source-file.ts'
import { leave, type Openness, ofCode, openParts, takeProperties, together, unlessKept } from '../take.ts'
import { codeOf, type Served } from './code.ts'
import { namesOf } from './names.ts'
import { ofNoVersion, serverlessProperties } from './properties.ts'
import { mergedOf, notMaps, takeVpc, withProvider } from './provider.ts'
import { toAliasOf } from './to-alias.ts'
import { isOpen, takeEnvironment, takeTags, wordsOf } from './variables.ts'

/**
 * Reads the functions of serverless.yml, as far as their values are plain. Nothing is evaluated.
 *
 * @param packaged the template that `serverless package` wrote; undefined if there is none
 * @returns undefined for a file of another kind
 * @throws LambdactlError CONFIG_INVALID for a file that is no YAML
 */
export function readServerlessFile(
  { text, path, shownAs }: SourceFile,
  packaged: unknown,
): FoundOutput | undefined {
  if (!/^\s*"?service"?\s*:/m.test(text) || !/^\s*"?provider"?\s*:/m.test(text)) return undefined
  const service = readSource(text, shownAs, '1.2')
  if (!isOfAws(service)) return undefined
  const openness: Openness = { file: shownAs, isOpen, wordsOf }
  const place = { directory: dirname(path), file: basename(path) }
  const { found, left } = functionsOf(service, openness)
  return {
    tool: 'Serverless Framework',
    functions: found.map(([name, part]) => ({
      ...foundIn({ name, part, service, ...place }, openness),
      toAlias: toAliasOf({ name, part }, packaged, shownAs),
    })),
    left: [...left, ...ofService(service, openness)],
  }
}

function isOfAws(service: Part): boolean {
  const provider = partAt(service, 'provider')
  return (textOf(provider) ?? textOf(partAt(provider, 'name'))) === 'aws' && partsOf(service).has('service')
}

const packageFirst = 'another file has it: run serverless package, then init --from .serverless'

/** The functions: a map, or a list of maps; each may come from another file. */
function functionsOf(service: Part, openness: Openness): { found: [string, Part][]; left: LeftOut[] } {
  const written = partAt(service, 'functions')
  const maps = written && !isList(written.value) ? [written] : listOf(written)
  const all = maps.flatMap((each) => Array.from(partsOf(each)))
  const places = [
    ...maps.map((part) => ['functions', part] as const),
    ...all.map(([name, part]) => [`functions.${name}`, part] as const),
  ]
  return {
    found: all.filter(([, part]) => isParts(part.value)),
    left: places
      .filter(([, part]) => !isParts(part.value))
      .map(([what, part]) => leave(what, part, packageFirst, openness)),
  }
}

function foundIn(served: Served, openness: Openness): FoundFunction {
  const { name, part, service } = served
  const provider = partAt(service, 'provider')
  const properties = withProvider(provider, part)
  const { source, build, ...code } = codeOf(served, textOf(properties.get('runtime')) ?? '', openness)
  const settings = together(
    { fields: { memory: 1024, timeout: '6s' }, left: [] },
    takeProperties(properties, serverlessProperties, openness),
    takeVpc(provider, part, openness),
    takeEnvironment(mergedOf(provider, part, 'environment'), openness),
    takeTags(mergedOf(provider, part, 'tags'), openness),
    { fields: {}, left: [...notMaps(provider, part, openness), ...missingOf(properties, part, openness)] },
  )
  return {
    logicalId: name,
    ...namesOf(service, part, name),
    ...(source && { source }),
    ...(build && { build }),
    fields: together(settings, code).fields,
    left: [...ofCode(code.left), ...unlessKept(settings.left, ofNoVersion)],
  }
}

/** The names, runtimes and roles that only the framework knows. */
function missingOf(properties: Parts, part: Part, openness: Openness): LeftOut[] {
  const named = properties.get('name')
  return [
    ...(named ? openParts('name', named, openness) : []),
    ...(properties.has('runtime') || properties.has('image')
      ? []
      : [opened('runtime', part, 'the file has none, and the default of the framework rises', openness)]),
    ...(properties.has('role')
      ? []
      : [opened('role', part, 'the framework makes the role: role takes the ARN of it', openness)]),
  ]
}

function opened(...given: Parameters<typeof leave>): LeftOut {
  return { ...leave(...given), isDeployed: true }
}

const moves = 'serverless-plugin-canary-deployments'

/** Everything beside the functions that gives permissions or moves aliases. */
function ofService(service: Part, openness: Openness): LeftOut[] {
  const provider = partAt(service, 'provider')
  const statements = partAt(provider, 'iamRoleStatements') ?? partAt(provider, 'iam', 'role', 'statements')
  const plugin = listOf(partAt(service, 'plugins')).find((each) => textOf(each) === moves)
  return [
    ...(statements
      ? [leave('provider.iam', statements, 'lambdactl makes no roles: role takes the ARN of one', openness)]
      : []),
    ...(plugin
      ? [
          leave(
            'plugins',
            plugin,
            `${moves} moves aliases: take it out, and write steps into release`,
            openness,
          ),
        ]
      : []),
  ]
}
