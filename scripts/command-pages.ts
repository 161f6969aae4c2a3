/** Writes docs/commands/ from the manifest: a page for each first word of a command, and an index. */

import { dryRunFlag, yesFlag } from '../src/cli/flags/change.ts'
import { environmentFlags } from '../src/cli/flags/environment.ts'
import { commandGroups, pageOf } from '../src/cli/help/groups.ts'
import { outputFlags } from '../src/cli/output/output-flags.ts'
import { table } from './tables.ts'

/** The manifest as far as the pages show it; the ids have colons: `canary:status`. */
interface ShownManifest {
  readonly commands: Readonly<Record<string, ShownCommand>>
}

interface ShownCommand {
  readonly summary: string
  readonly description?: string
  readonly examples?: readonly (string | { readonly command: string })[]
  readonly args: Readonly<Record<string, ShownArgument>>
  readonly flags: Readonly<Record<string, ShownFlag>>
}

interface ShownArgument {
  readonly name: string
  readonly description?: string
  readonly required?: boolean
  readonly multiple?: boolean
}

interface ShownFlag {
  readonly name: string
  readonly char?: string
  readonly description?: string
  readonly helpValue?: string | readonly string[]
  readonly options?: readonly string[]
  readonly required?: boolean
  readonly hidden?: boolean
  readonly allowNo?: boolean
  readonly multiple?: boolean
}

/** The flags that docs/common-flags.md explains for all commands. */
const commonFlags = { ...environmentFlags, ...outputFlags, ...dryRunFlag, ...yesFlag, json: true }

/** The pages by their names in docs/commands/, from the text of the manifest. */
export function commandPages(manifest: string): ReadonlyMap<string, string> {
  const { commands } = JSON.parse(manifest) as ShownManifest
  const ids = Object.keys(commands).toSorted()
  const words = Object.values(commandGroups).flat()
  const pages = words.map((word): [string, string] => {
    const own = ids.filter((id) => id === word || id.startsWith(`${word}:`))
    return [
      `${word}.md`,
      pageText(
        word,
        own.map((id) => [id, commands[id] as ShownCommand]),
      ),
    ]
  })
  return new Map([['README.md', indexText(commands)], ...pages])
}

const made = '<!-- Made by npm run generate from the commands: edit those. -->'

function indexText(commands: ShownManifest['commands']): string {
  const parts = Object.entries(commandGroups).map(([group, words]) => {
    const rows = words.flatMap((word) =>
      Object.keys(commands)
        .filter((id) => id === word || id.startsWith(`${word}:`))
        .map((id) => [`[\`${spoken(id)}\`](${word}.md#${anchor(id)})`, inCell(commands[id]?.summary ?? '')]),
    )
    return `## ${sentenceCase(group)}\n\n${table([['Command', 'Effect'], ...rows])}`
  })
  const head =
    'Each command has the same text in `--help`. Some flags are [on many commands](../common-flags.md).'
  return `${made}\n\n# Commands\n\n${head}\n\n${parts.join('\n\n')}\n`
}

function pageText(word: string, commands: readonly (readonly [string, ShownCommand])[]): string {
  const guide = wrapped(
    `The guide is [${pageOf(word)}](../../${pageOf(word)}). See [all commands](README.md).`,
  )
  return `${made}\n\n# lambdactl ${word}\n\n${guide}\n\n${commands.map(commandText).join('\n\n')}\n`
}

function commandText([id, command]: readonly [string, ShownCommand]): string {
  const { summary, description = '', examples = [], args, flags } = command
  const shown = Object.values(flags).filter(({ hidden = false }) => !hidden)
  const own = shown.filter(({ name }) => !(name in commonFlags))
  const common = shown.filter(({ name }) => name in commonFlags)
  return [
    `## lambdactl ${spoken(id)}`,
    wrapped(inText(summary, id)),
    ...(description === '' ? [] : [wrapped(inText(description, id))]),
    `\`\`\`text\n${usageOf(id, args)}\n\`\`\``,
    ...argumentTable(Object.values(args)),
    ...flagTable(own, id),
    wrapped(`[Common flags](../common-flags.md): ${common.map(({ name }) => `\`--${name}\``).join(', ')}.`),
    ...(examples.length === 0
      ? []
      : [exampleBlock(examples.map((each) => exampleText(each, id)).join('\n'))]),
  ].join('\n\n')
}

/** The examples name functions and environments of the reader's, so no test can run them as they are. */
function exampleBlock(text: string): string {
  return `\`\`\`sh aws\n${text}\n\`\`\``
}

function usageOf(id: string, args: ShownCommand['args']): string {
  const words = Object.values(args).map(({ name, required = false, multiple = false }) => {
    const word = `${name.toUpperCase()}${multiple ? '...' : ''}`
    return required ? word : `[${word}]`
  })
  return ['lambdactl', spoken(id), ...words, '[FLAGS]'].join(' ')
}

function argumentTable(args: readonly ShownArgument[]): string[] {
  const rows = args.map(({ name, description = '' }) => [`\`${name.toUpperCase()}\``, inCell(description)])
  return rows.length === 0 ? [] : [table([['Argument', 'Meaning'], ...rows])]
}

function flagTable(flags: readonly ShownFlag[], id: string): string[] {
  const rows = flags.map((flag) => [flagWords(flag), inCell(inText(flag.description ?? '', id))])
  return rows.length === 0 ? [] : [table([['Flag', 'Effect'], ...rows])]
}

function flagWords({ name, char, helpValue, options, allowNo = false, multiple = false }: ShownFlag): string {
  const value = [helpValue ?? options?.join('|') ?? []].flat().join(' ')
  const long = `\`--${allowNo ? '[no-]' : ''}${name}${value === '' ? '' : ` ${inCell(value)}`}\``
  const short = char === undefined ? [] : [`\`-${char}\``]
  return `${[long, ...short].join(', ')}${multiple ? ', repeatable' : ''}`
}

function exampleText(example: string | { readonly command: string }, id: string): string {
  return inText(typeof example === 'string' ? example : example.command, id)
}

function wrapped(text: string): string {
  return text.replaceAll(/(.{1,118})(?:\s+|$)/g, '$1\n').trimEnd()
}

/** oclif's two placeholders, filled in. */
function inText(text: string, id: string): string {
  return text.replaceAll('<%= config.bin %>', 'lambdactl').replaceAll('<%= command.id %>', spoken(id))
}

function inCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')
}

function spoken(id: string): string {
  return id.replaceAll(':', ' ')
}

function anchor(id: string): string {
  return `lambdactl-${id.replaceAll(':', '-')}`
}

function sentenceCase(group: string): string {
  return `${group.slice(0, 1)}${group.slice(1).toLowerCase()}`
}
