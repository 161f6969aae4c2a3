import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandGroups } from '../../src/cli/command-groups.ts'
import { type Place, runTo } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, object>
}
const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '))

async function place(): Promise<Place> {
  const folder = await temporaryFolder()
  return { cwd: folder, env: variables(folder, { COLUMNS: '80' }) }
}

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
    expect(stderr).toMatch(new RegExp(`There are: .*${another}`))
  })
})

test('the help of each command fits into 80 columns', async () => {
  const at = await place()
  const { stdout } = await runTo(0, ['help'], at)
  const texts = [stdout]
  for (const command of ['deploy', 'canary', 'logs tail', 'history', 'init']) {
    texts.push((await runTo(0, ['help', ...command.split(' ')], at)).stdout)
  }
  expect(texts.flatMap((text) => text.split('\n')).filter((line) => line.length > 80)).toEqual([])
})
