import chalk from 'chalk'
import { changeWords } from '../../../release/changes/change-words.ts'
import type { FileChange } from '../../../release/changes/code-changes.ts'
import type { ConfigurationChange } from '../../../release/changes/configuration-changes.ts'
import type { FunctionDiff } from '../../../release/changes/function-diff.ts'
import { count, formatBytes, moreInJson } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'

type Marked<Change> = Change & { overwritten?: boolean }

/** The most files in a list; `--json` has all. */
const mostFiles = 60

/** The next steps after a comparison. */
export interface DiffAdvice {
  /** The configuration file, as messages show it. */
  configName: string
  /** Gives the lines of that file that set fields of the function in this environment alone. */
  keepLines: (fields: Readonly<Record<string, unknown>>) => readonly string[]
  /** The command that deploys it, also over changes by hand. */
  deploy: string
}

/**
 * The changes that a deploy would make, for a person; several lines.
 *
 * @param advice left out if the command goes on by itself
 * @param width of the terminal, in columns
 */
export function diffText(view: FunctionDiff, advice?: DiffAdvice, width = Number.POSITIVE_INFINITY): string {
  const title = `${chalk.bold(view.function)} ${chalk.dim(`(${view.lambdaName})`)}: ${headline(view)}`
  const { weight, configuration, code, drift } = view
  return [
    title,
    ...(weight
      ? [`  ${chalk.yellow(`version ${weight.version} has ${weight.percent}% of ${view.alias}`)}`]
      : []),
    ...(view.codeUnknown === undefined
      ? []
      : [`  ${chalk.yellow(`the code was not compared: ${plainLine(view.codeUnknown)}`)}`]),
    ...configurationLines(configuration),
    ...ownerLines(view),
    ...codeLines(code, width),
    ...view.attachments.map(
      ({ field, from, to, byHand }) =>
        `  ${sign('changed')} ${plainLine(`${field} ${from} → ${to}`)} ${chalk.dim('(belongs to no version)')}${byHand ? chalk.yellow('  changed by hand, a deploy overwrites it') : ''}`,
    ),
    ...(drift ? driftLines(view, drift, width) : []),
    ...(drift && advice ? adviceLines(view, drift, advice) : []),
    ...(view.stop ? stopLines(view.stop) : []),
  ].join('\n')
}

function ownerLines({ owner, configuration }: FunctionDiff): string[] {
  if (owner === undefined || configuration.length === 0) return []
  return [
    chalk.dim(
      `    set by ${plainLine(owner)}: a release publishes $LATEST with these settings, and changes none`,
    ),
  ]
}

function adviceLines(
  { deploys }: FunctionDiff,
  { configuration, code, keep }: NonNullable<FunctionDiff['drift']>,
  { configName, keepLines, deploy }: DiffAdvice,
): string[] {
  const isKept = Object.keys(keep).length > 0
  const kept = [
    ...(isKept ? [`    to keep it, write into ${configName}:`] : []),
    ...(isKept ? keepLines(keep).map((line) => `      ${plainLine(line)}`) : []),
    ...('environment' in keep
      ? ['    no value of a variable is shown: ${env:NAME} takes it from your environment']
      : []),
    ...(code.length > 0 ? ['    to keep code, add it to the source: --patch shows it'] : []),
  ]
  const isOverwritten = [...configuration, ...code].some(({ overwritten }) => overwritten)
  if (isOverwritten) return [...kept, `    to overwrite it: ${deploy}`]
  // A deploy with nothing to publish leaves $LATEST alone.
  return deploys || !isKept
    ? kept
    : [...kept, '    if not kept, the next release that publishes a version overwrites it']
}

function stopLines({ checks, next }: NonNullable<FunctionDiff['stop']>): string[] {
  return [
    ...checks.map(({ title, detail }) =>
      chalk.yellow(`  a deploy would stop here with exit code 6: ${plainLine(`${title}: ${detail}`)}`),
    ),
    ...next.map((step) => `    → ${plainLine(step)}`),
  ]
}

/** The kind and number of the changes, in a few words. */
export function headline({
  state,
  alias,
  against,
  deploys,
  codeUnknown,
  configuration,
  code,
}: FunctionDiff): string {
  if (state === 'missing') return 'not deployed: everything is new'
  const base = baseWords({ state, alias, against })
  const first = state === 'served' ? '' : `there is no alias ${alias} yet, a deploy creates it; `
  if (configuration.length + code.length > 0) return `${first}${summary(configuration, code)} against ${base}`
  if (codeUnknown !== undefined) return `${first}the same configuration as ${base}`
  if (state === 'served' && against === '$LATEST')
    return `the same as ${base}: a deploy puts ${alias} on a version`
  if (!deploys || state === 'no-alias') return `${first}the same as ${base}`
  return `the same code and configuration as ${base}, with another digest: a deploy publishes it again`
}

function baseWords({ state, alias, against }: Pick<FunctionDiff, 'state' | 'alias' | 'against'>): string {
  if (state !== 'served') return '$LATEST'
  return against === '$LATEST' ? `$LATEST, which ${alias} points to` : `version ${against} of ${alias}`
}

/** `2 settings and 1 file changed`. */
export function summary(configuration: readonly ConfigurationChange[], code: readonly FileChange[]): string {
  const parts = [
    ...(configuration.length > 0 ? [count(configuration.length, 'setting')] : []),
    ...(code.length > 0 ? [count(code.length, 'file')] : []),
  ]
  return `${parts.join(' and ')} changed`
}

function driftLines(
  { deploys }: FunctionDiff,
  { since, configuration, code }: NonNullable<FunctionDiff['drift']>,
  width: number,
): string[] {
  const kept = deploys ? '' : '; a deploy has nothing to do, and does not change it'
  const title = `drift: $LATEST differs from version ${since}${kept}`
  return [`  ${chalk.yellow(title)}`, ...changeLines(configuration, code, width)]
}

/** A line for each setting and each file that changed. */
export function changeLines(
  configuration: readonly Marked<ConfigurationChange>[],
  code: readonly Marked<FileChange>[],
  width: number,
): string[] {
  return [...configurationLines(configuration), ...codeLines(code, width)]
}

function configurationLines(configuration: readonly Marked<ConfigurationChange>[]): string[] {
  return configuration.map((change) => `  ${configurationLine(change)}${mark(change)}`)
}

function codeLines(code: readonly Marked<FileChange>[], width: number): string[] {
  const shown = code.slice(0, mostFiles)
  const more = code.length - shown.length
  return [
    ...table(shown.map(fileCells), fileColumns, { width, gap: 1 }),
    ...moreInJson(more, 'file').map((line) => `    ${line}`),
  ]
}

function mark({ overwritten }: { overwritten?: boolean | undefined }): string {
  return overwritten ? chalk.yellow('  a deploy overwrites it') : ''
}

function configurationLine(change: ConfigurationChange): string {
  if (change.field === 'environment') {
    return `${sign(change.change)} ${plainLine(`environment variable ${change.name}`)}`
  }
  const isNew = change.from === '' || change.from === 0 || change.from.toString() === ''
  return `${sign(isNew ? 'added' : 'changed')} ${plainLine(changeWords(change))}`
}

const fileColumns: readonly Column[] = [{}, { least: 20, keeps: 'end' }, {}, { wraps: true }]

function fileCells({ path, change, from, to, overwritten }: Marked<FileChange>): string[] {
  const sizes = [from, to].flatMap((bytes) => (bytes === undefined ? [] : [formatBytes(bytes)]))
  const isMode = change === 'executable' || change === 'not-executable'
  const figures = isMode ? change.replace('-', ' ') : sizes.join(' → ')
  return [sign(change), plainLine(path), chalk.dim('|'), `${figures}${mark({ overwritten })}`]
}

function sign(change: FileChange['change']): string {
  if (change === 'added') return chalk.green('+')
  return change === 'removed' ? chalk.red('-') : chalk.yellow('~')
}
