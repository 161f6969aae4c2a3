import type { Adoption } from '../../workflows/adopt-function.ts'
import { count } from '../text/figures.ts'
import { warningText } from '../text/warning.ts'

/** The written files, for a person; several lines. */
export function adoptionText(view: Adoption): string {
  const { function: name, lambdaName, version, source, files, schema } = view
  return [
    `adopted ${lambdaName}, version ${version}, as ${name}`,
    ...(source ? [`wrote ${source} (${count(files, 'file')})`] : []),
    'wrote lambdactl.yaml',
    ...(schema === undefined ? [] : [`wrote ${schema}`]),
  ].join('\n')
}

/** Returns notes and next steps beside the result; several lines. */
export function adoptionNotes(view: Adoption, environment: string, directory: string): string {
  const { function: name, alias, aliasExists } = view
  const next = [
    ...(directory === '.' ? [] : [`cd ${directory}`]),
    `lambdactl diff ${name} --env ${environment}`,
    `lambdactl deploy ${name} --env ${environment}`,
  ]
  return [
    ...(aliasExists
      ? []
      : [
          `There is no alias yet: the first deploy creates ${alias}. For that it publishes the present code.`,
        ]),
    ...Array.from(warnings(view), (text) => warningText(text)),
    '',
    'Next:',
    ...next.map((line) => `  ${line}`),
  ].join('\n')
}

function* warnings({ source, zipReason, kept, secretFiles, variables, secrets }: Adoption) {
  if (zipReason !== undefined) yield `the code stays a zip, as deployed, ${source}: ${zipReason}`
  if (kept.length > 0) {
    yield `${source}/.lambdactlignore keeps files that packages leave out by default: ${kept.join(' ')}`
  }
  if (secretFiles.length > 0) {
    yield `these files look like secrets, and stay in the package as deployed: ${secretFiles.join(', ')}`
  }
  if (variables.length > 0) yield variablesText(variables, secrets)
}

function variablesText(variables: readonly string[], secrets: readonly string[]): string {
  const written = `${count(variables.length, 'environment variable')} ${variables.length === 1 ? 'is' : 'are'} in lambdactl.yaml now, as deployed, and only you can read that file.`
  if (secrets.length === 0) return written
  return `${written} By their names these hold secrets: ${secrets.join(', ')}. Before it is committed, write \${secret:NAME} or \${env:NAME} in place of their values.`
}
