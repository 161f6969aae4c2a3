import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { helpTexts } from '../../../scripts/help-texts.ts'
import { program } from '../cli.ts'
import { temporaryFolder } from '../service.ts'
import { variables } from '../variables.ts'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'dist/help')

/** With debugging on, the program itself answers. */
const byProgram = { DEBUG: 'nothing' }

function answer(args: readonly string[], env: NodeJS.ProcessEnv = {}, runJs = program): string {
  const options = { env: variables('/nowhere', env), encoding: 'utf8' as const }
  return spawnSync(process.execPath, [runJs, ...args], options).stdout
}

test('the help that the build has ready is that of the present commands, topics and words', async () => {
  const ready = readdirSync(folder).map((file): [string, string] => {
    return [file.replace(/\.txt$/, ''), stripVTControlCharacters(readFileSync(join(folder, file), 'utf8'))]
  })
  const rendered = Array.from(await helpTexts(root), ([subject, text]) => [
    subject,
    stripVTControlCharacters(text),
  ])
  expect(Object.fromEntries(ready)).toEqual(Object.fromEntries(rendered))
})

test.each([
  [['--version']],
  [['-v']],
  [['--help']],
  [[]],
  [['help']],
  [['status', '--help']],
  [['canary', 'status', '-h']],
  [['help', 'canary']],
  [['help', 'alarms']],
])('%j says what the program itself says', (args) => {
  const ready = answer(args)
  expect(ready).not.toBe('')
  expect(ready).toBe(answer(args, byProgram))
})

describe.each([[{}], [{ NO_COLOR: '1' }], [{ FORCE_COLOR: '1' }], [{ CI: 'true', GITHUB_ACTIONS: 'true' }]])(
  'with %j',
  (env) => {
    test('a pipe gets the colours that the program itself gives it', () => {
      expect(answer(['iam', '--help'], env)).toBe(answer(['iam', '--help'], { ...env, ...byProgram }))
    })
  },
)

describe.skipIf(process.platform === 'win32').each([[60], [80], [120]])('on %i columns', (columns) => {
  test.each([[{ TERM: 'xterm' }], [{ TERM: 'dumb' }], [{ TERM: 'xterm', NO_COLOR: '1' }]])(
    'a terminal with %j gets what the program itself shows',
    (env) => {
      const onTerminal = (more: NodeJS.ProcessEnv) => {
        const options = {
          env: variables('/nowhere', { ...env, ...more, TERMINAL_COLUMNS: String(columns) }),
          encoding: 'utf8' as const,
        }
        const helper = join(root, 'test/cli/terminal.py')
        const command = [helper, process.execPath, program, 'status', '--help']
        return spawnSync('python3', command, options).stdout
      }
      const ready = onTerminal({})
      expect(ready.includes('\u001B[1mUSAGE')).toBe(env.TERM === 'xterm' && !('NO_COLOR' in env))
      expect(ready).toBe(onTerminal(byProgram))
    },
  )
})

test.each(['a folder with spaces, whose name is long enough to be wrapped at one of them', 'x'.repeat(100)])(
  'an installation in %s tells the place of its pages like the program itself',
  async (name) => {
    const place = join(await temporaryFolder(), name)
    await mkdir(place)
    for (const part of ['bin', 'package.json', 'oclif.manifest.json']) {
      await cp(join(root, part), join(place, part), { recursive: true })
    }
    await symlink(join(root, 'dist'), join(place, 'dist'))
    const installed = join(place, 'bin/run.js')
    const ready = answer(['status', '--help'], {}, installed)
    expect(ready).toContain('docs/operating/status.md')
    expect(ready).toBe(answer(['status', '--help'], byProgram, installed))
  },
)

/** The files that a run loads, as Node's own hooks see them. */
function loaded(args: readonly string[]): string[] {
  const hook = `
    import { registerHooks } from 'node:module'
    import { writeSync } from 'node:fs'
    registerHooks({ load(url, context, next) { writeSync(2, 'loaded ' + url + '\\n'); return next(url, context) } })`
  const preload = `data:text/javascript,${encodeURIComponent(hook)}`
  const { stderr } = spawnSync(process.execPath, ['--import', preload, program, ...args], {
    env: variables('/nowhere'),
    encoding: 'utf8',
  })
  return stderr.split('\n').flatMap((line) => {
    const [, path] = /^loaded file:\/\/(.*)$/.exec(line) ?? []
    return path === undefined ? [] : [path.replace(`${root}/`, '')]
  })
}

test.each([['--version'], ['--help'], ['status --help']])('%s loads nothing of the program', (line) => {
  expect(loaded(line.split(' '))).toEqual(['bin/run.js', 'bin/ready.js'])
})

test('the loader of the program is seen', () => {
  expect(loaded(['status', '--helpp'])).toContain('bin/load.js')
})
