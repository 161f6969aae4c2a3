import { expect, test } from 'vitest'
import { candidatesFor } from '../../../src/cli/completion/candidates.ts'
import type { Catalog, CatalogCommand } from '../../../src/cli/completion/catalog.ts'
import { slotAt } from '../../../src/cli/completion/slot.ts'
import { typedWords } from '../../../src/cli/completion/typed-words.ts'

const env = { name: 'env', char: 'e', type: 'option', helpValue: 'ENV' } as const
const command = (id: string, more: Partial<CatalogCommand> = {}): CatalogCommand => ({
  id,
  summary: `does ${id}`,
  args: { function: { name: 'function' } },
  flags: { env, 'dry-run': { name: 'dry-run', type: 'boolean' } },
  ...more,
})

const catalog: Catalog = {
  commands: [
    command('canary'),
    command('canary:status', { args: { function: { name: 'function', multiple: true } } }),
    command('logs', {
      flags: {
        env,
        level: { name: 'level', type: 'option', options: ['info', 'error'] },
        grep: { name: 'grep', type: 'option', multiple: true },
        load: { name: 'load', type: 'boolean', allowNo: true },
      },
    }),
    command('package', { flags: { out: { name: 'out', type: 'option', helpValue: 'FILE' } } }),
    command('secret', { hidden: true }),
    command('versions:list', { args: { function: { name: 'function' }, version: { name: 'version' } } }),
  ],
  topics: { versions: { description: 'Versions.' } },
}

/** The words that are offered for a line of words, of which the last one is at the cursor. */
function offered(words: string[], names: string[] = ['cart', 'checkout'], shell = 'zsh'): string[] {
  const typed = typedWords(shell, [...words.slice(0, -1), `:${words.at(-1) ?? ''}`])
  return candidatesFor(slotAt(typed, catalog), catalog, names).map(({ word }) => word)
}

/** The kind of names at the cursor. */
function wanted(...words: string[]): unknown {
  return slotAt(typedWords('zsh', [...words.slice(0, -1), `:${words.at(-1) ?? ''}`]), catalog).wanted
}

test('the first word is a command or a topic, and never a hidden one', () => {
  expect(offered([''])).toEqual(['canary', 'logs', 'package', 'versions'])
  expect(offered(['ver'])).toEqual(['versions'])
  expect(offered(['versions', ''])).toEqual(['list'])
  expect(offered(['none', ''])).toEqual([])
  expect(offered(['--'])).toEqual(['--help', '--version'])
})

test('a command that others begin with offers these and its own arguments', () => {
  expect(offered(['canary', ''])).toEqual(['status', 'cart', 'checkout'])
  expect(offered(['canary', 'cart', ''])).toEqual([])
})

test('an argument that may be repeated offers what is not there yet', () => {
  expect(offered(['canary', 'status', 'cart', ''])).toEqual(['checkout'])
})

test('a dash offers flags, each once unless it may be repeated', () => {
  expect(offered(['logs', '--'])).toEqual(['--env', '--level', '--grep', '--load', '--no-load', '--help'])
  expect(offered(['logs', '-e', 'prod', '--grep', 'x', '--no-load', '--'])).toEqual([
    '--level',
    '--grep',
    '--help',
  ])
  expect(offered(['logs', '--', '--'])).toEqual([])
})

test('a flag offers its values, beside it or in the same word', () => {
  expect(offered(['logs', '--level', ''])).toEqual(['info', 'error'])
  expect(offered(['logs', '--level=e'])).toEqual(['--level=error'])
  expect(offered(['canary', '-epr'], ['prod', 'test'])).toEqual(['-eprod'])
  expect(offered(['canary', '--dry-run', ''])).toEqual(['cart', 'checkout'])
})

test('a text of the user has no values', () => {
  expect(offered(['logs', '--grep', ''])).toEqual([])
})

test('each place has its kind of names', () => {
  expect(wanted('canary', '--env', '')).toEqual({ kind: 'environments' })
  expect(wanted('package', '--out', '')).toEqual({ kind: 'files' })
  expect(wanted('package', '--out=x')).toEqual({ kind: 'files' })
  expect(wanted('versions', 'list', 'cart', '')).toEqual({ kind: 'versions' })
  expect(wanted('versions', 'list', 'cart', '1', '')).toBeUndefined()
})

test('bash breaks a word at its equals sign, and keeps the flag', () => {
  const typed = typedWords('bash', ['logs', '--level', '=', ':e'])
  expect(typed).toEqual({ before: ['logs'], current: '--level=e', kept: '--level=' })
  expect(typedWords('bash', ['logs', '--level', ':=']).kept).toBe('--level=')
  expect(typedWords('bash', ['logs', ':--level=e']).kept).toBe('')
  expect(typedWords('zsh', ['logs', '--grep', '=', ':e']).current).toBe('e')
})

test('quotes around a word are the shell’s', () => {
  expect(offered(['canary', 'status', '"car'])).toEqual(['cart'])
  expect(offered(['canary', "'status'", ''])).toEqual(['cart', 'checkout'])
})

test('a name that a shell would read in another way is not offered', () => {
  const hostile = ['$(touch x)', '`x`', 'a b', 'a;b', "a'b", 'a\nb', 'a\u001B[31m', '*', '~', 'fine-1']
  expect(offered(['canary', 'status', ''], hostile)).toEqual(['fine-1'])
  const begins = ['--endpoint-url=http://example.com', '-e', '=ls', '@list', '%1', '/etc/passwd', 'a,b']
  expect(offered(['canary', 'status', ''], begins)).toEqual([])
})

test('a description is one line without tabs, and not longer than a screen has room for', () => {
  const text = `a\tb\nc\u001B[31m ${'long '.repeat(40)}`
  const slot = slotAt(typedWords('zsh', [':vers']), catalog)
  const [found] = candidatesFor(slot, { ...catalog, topics: { versions: { description: text } } }, [])
  expect(found?.description).toMatch(/^a b c \[31m long .{0,70}…$/)
  expect(found?.description).toHaveLength(72)
})
