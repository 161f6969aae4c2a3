import { firstNames } from '../../errors/first-few.ts'
import { shellWord } from '../../errors/shell-word.ts'
import type { LeftOut, Seen, ToAlias } from '../../iac/found-function.ts'
import type { Adoption } from '../../workflows/adopt-functions.ts'
import { count } from '../text/figures.ts'
import { warningText } from '../text/warning.ts'

/** The result of taking functions on. */
export interface AdoptionsView {
  environment: string
  functions: readonly Adoption[]
  /** The names of functions that the file had already. */
  known: readonly string[]
  /** The ids of functions that no deployed stack has. */
  undeployed: readonly string[]
  left: readonly LeftOut[]
  /** How triggers that go past the alias are pointed at it, in the tool that makes them. */
  toAlias: readonly ToAlias[]
}

/** More names than a person reads in a sentence. */
const mostNames = 20

/** The written files, for a person; several lines. */
export function adoptionText({ functions, known }: AdoptionsView): string {
  const schema = functions.find((each) => each.schema !== undefined)?.schema
  return [
    ...functions.map(adopted),
    ...(known.length > 0 ? [`lambdactl.yaml has ${firstNames(known, mostNames)} already`] : []),
    ...functions.flatMap(({ files, source }) =>
      files > 0 ? [`wrote ${source} (${count(files, 'file')})`] : [],
    ),
    ...(functions.length > 0 ? ['wrote lambdactl.yaml'] : []),
    ...(schema === undefined ? [] : [`wrote ${schema}`]),
  ].join('\n')
}

function adopted({ function: name, lambdaName, version, manages, owner }: Adoption): string {
  const whose = owner === undefined ? '' : `; it belongs to ${owner}`
  const part = manages === 'code' ? `, its code alone${whose}` : ''
  return `adopted ${lambdaName}, version ${version}, as ${name}${part}`
}

/**
 * Returns notes and next steps beside the result; several lines.
 *
 * @param directory as a person named it
 * @param place the given flags for the place, ready for a shell
 */
export function adoptionNotes(view: AdoptionsView, directory: string, place: readonly string[] = []): string {
  const { environment, functions, undeployed, left, toAlias } = view
  const [only, ...others] = functions
  const names = only && others.length === 0 ? [only.function] : []
  const words = [...names, '--env', shellWord(environment), ...place].join(' ')
  const next = [
    ...(directory === '.' ? [] : [`cd ${shellWord(directory)}`]),
    `lambdactl diff ${words}`,
    `lambdactl deploy ${words}`,
  ]
  return [
    ...withoutAlias(functions),
    ...functions.flatMap((each) =>
      Array.from(warnings(each, others.length > 0), (text) => warningText(text)),
    ),
    ...undeployed.map((id) =>
      warningText(`${id} is left out, since it is not deployed, or its stack is not known`),
    ),
    ...left.map((each) => warningText(`${seenText(each)}: ${each.why}`)),
    ...toAlias.map(toAliasText),
    '',
    'Next:',
    ...next.map((line) => `  ${line}`),
  ].join('\n')
}

function withoutAlias(functions: readonly Adoption[]): string[] {
  const without = functions.filter(({ aliasExists }) => !aliasExists)
  const [first] = without
  if (!first) return []
  const { alias } = first
  if (functions.length === 1)
    return [
      `There is no alias yet: the first deploy creates ${alias}. For that it publishes the present code.`,
    ]
  const names = without.map(({ function: name }) => name)
  return [
    `These have no alias yet: ${firstNames(names, mostNames)}. The first deploy creates ${alias}, and publishes the present code.`,
  ]
}

function seenText({ what, file, line }: Seen): string {
  return `${file}${line === undefined ? '' : `:${line}`} ${what}`
}

function toAliasText({ why, triggers, text }: ToAlias): string {
  const past =
    triggers.length > 0
      ? warningText(`these triggers go past the alias: ${triggers.map(seenText).join(', ')}`)
      : warningText('the tool moves the alias')
  if (text === '') return [past, `  ${why}`].join('\n')
  return [past, `  ${why}:`, ...text.split('\n').map((line) => `    ${line}`)].join('\n')
}

function* warnings(
  { function: name, source, zipReason, kept, secretFiles, variables, secrets }: Adoption,
  isOneOfSeveral: boolean,
) {
  if (zipReason !== undefined) yield `the code stays a zip, as deployed, ${source}: ${zipReason}`
  if (kept.length > 0) {
    yield `${source}/.lambdactlignore keeps files that packages leave out by default: ${kept.join(' ')}`
  }
  if (secretFiles.length > 0) {
    yield `these files look like secrets, and stay in the package as deployed: ${secretFiles.join(', ')}`
  }
  if (variables.length > 0) {
    yield `${isOneOfSeveral ? `${name}: ` : ''}${variablesText(variables, secrets)}`
  }
}

function variablesText(variables: readonly string[], secrets: readonly string[]): string {
  const written = `${count(variables.length, 'environment variable')} ${variables.length === 1 ? 'is' : 'are'} in lambdactl.yaml now, as deployed, and only you can read that file.`
  if (secrets.length === 0) return written
  return `${written} By their names these hold secrets: ${secrets.join(', ')}. Before it is committed, write \${secret:NAME} or \${env:NAME} in place of their values.`
}
