import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { Config } from '@oclif/core/config'
import { describe, expect, test, vi } from 'vitest'
import { commandGroups } from '../../../src/cli/help/groups.ts'
import LambdactlHelp from '../../../src/cli/help/help.ts'
import { type Place, runTo } from '../cli.ts'
import { temporaryFolder } from '../service.ts'
import { variables } from '../variables.ts'

const manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../oclif.manifest.json'), 'utf8'),
) as {
  commands: Record<string, { summary: string; flags: object }>
}
const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '))

async function place(): Promise<Place> {
  const folder = await temporaryFolder()
  return { cwd: folder, env: variables(folder, { COLUMNS: '80' }) }
}

test('every command says that it takes --json', () => {
  const lacking = Object.entries(manifest.commands).filter(([, { flags }]) => !('json' in flags))
  expect(lacking.map(([id]) => id)).toEqual([])
})

test.each(['rollback', 'status'])('the usage of %s has no bar before nothing', async (command) => {
  expect((await runTo(0, [command, '--help'], await place())).stdout).not.toMatch(/\| *\]/)
})

test.each(['versions prune', 'cost'])(
  '%s does not claim to take all functions by default',
  async (command) => {
    const { stdout } = await runTo(0, [...command.split(' '), '--help'], await place())
    expect(stdout).toContain('functions of lambdactl.yaml\n')
  },
)

test('every command is in a group of the help', () => {
  const words: readonly string[] = Object.values(commandGroups).flat()
  expect(commands.filter((command) => !words.includes(command.split(' ')[0] ?? ''))).toEqual([])
})

test('help, -h, --help and no words at all show all commands and the exit codes', async () => {
  const at = await place()
  const { stdout: all } = await runTo(0, ['help'], at)
  for (const command of commands) expect(all).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  expect(all).toContain('EXIT CODES\n  0    done, or nothing to do\n')
  for (const args of [['-h'], ['--help'], []]) expect((await runTo(0, args, at)).stdout).toBe(all)
})

test('help of a command is the same in each form, and leaves the exit codes to help exit-codes', async () => {
  const at = await place()
  const { stdout } = await runTo(0, ['help', 'canary', 'status'], at)
  expect(stdout).toContain('lambdactl canary status FUNCTION')
  expect(stdout).not.toContain('EXIT CODES')
  for (const flag of ['-h', '--help']) {
    expect((await runTo(0, ['canary', 'status', flag], at)).stdout).toBe(stdout)
  }
  expect((await runTo(0, ['help', 'exit-codes'], at)).stdout).toMatch(
    /^EXIT CODES\n[^]* 130 {2}interrupted\n$/,
  )
})

test('version, -v and --version are one', async () => {
  const at = await place()
  for (const word of ['version', '-v', '--version']) {
    expect((await runTo(0, [word], at)).stdout).toMatch(/^lambdactl\/\d+\.\d+\.\d+ /)
  }
})

describe('a mistyped word is answered with the nearest one, and with all there are', () => {
  test.each([
    [['deploi'], 'There is no command deploi.', 'Did you mean lambdactl deploy?', 'canary resume'],
    [['help', 'canari'], 'There is no command canari.', 'Did you mean lambdactl canary?', 'logs tail'],
    [
      ['deploy', '-e', 'x', '--dryrun'],
      'There is no flag --dryrun.',
      'Did you mean --dry-run?',
      '--keep-going',
    ],
  ])('%j', async (args, said, meant, another) => {
    const { stderr } = await runTo(2, args, await place())
    expect(stderr).toContain(said)
    expect(stderr).toContain(meant)
    expect(stderr).toMatch(new RegExp(`The (?:commands|flags) are: .*${another}`))
  })
})

/** The help of a command on a terminal of that width, made in this process: it is only text. */
async function helpAt(columns: number, words: readonly string[]): Promise<string> {
  const { isTTY, columns: before } = process.stdout
  Object.assign(process.stdout, { isTTY: true, columns, getWindowSize: () => [columns, 30] })
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    const root = join(import.meta.dirname, '../../..')
    await new LambdactlHelp(await Config.load({ root })).showHelp([...words])
    return stripVTControlCharacters(written.mock.calls.map(([text]) => String(text)).join(''))
  } finally {
    written.mockRestore()
    Object.assign(process.stdout, { isTTY, columns: before })
  }
}

describe.each([60, 80, 120])('on a terminal of %i columns', (columns) => {
  test('no help is wider than it and than 80 columns, except what is copied; no line ends in spaces', async () => {
    for (const command of [...commands, '']) {
      const text = await helpAt(columns, command === '' ? [] : command.split(' '))
      const prose = text.split('\n').filter((line) => !/^ {2}(?:\$ |\/|echo )/.test(line))
      expect(prose.filter((line) => line.length > Math.min(columns, 80))).toEqual([])
      expect(text).not.toMatch(/[ ]$/m)
    }
  })
})

test('the help of each command has its summary once, examples, and the page of the documentation that is there', async () => {
  for (const [id, { summary }] of Object.entries(manifest.commands)) {
    if (id === 'help') continue
    const text = await helpAt(80, id.split(':'))
    expect(text.replaceAll(/\s+/g, ' ').split(summary.split('.')[0] ?? '')).toHaveLength(2)
    expect(text).toMatch(/\nEXAMPLES\n/)
    expect(existsSync(/DOCUMENTATION\n {2}(\S+)/.exec(text)?.[1] ?? '')).toBe(true)
  }
})
