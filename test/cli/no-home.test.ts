import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeWheel } from '../packaging/wheel.ts'
import { expectExit, program, runTo, watched } from './cli.ts'
import { temporaryFolder, writeFiles } from './service.ts'
import { variables } from './variables.ts'

let folder = ''
let temporary = ''

const python = 'runtime: python3.13, handler: app.handler, role: "arn:aws:iam::000000000000:role/any"'

beforeEach(async () => {
  folder = await temporaryFolder()
  temporary = join(folder, 'temporary')
  await mkdir(temporary)
  await writeFiles(folder, {
    'lambdactl.yaml': `service: home
functions:
  py: {source: fn, ${python}}
  again: {source: fn, ${python}}
environments: {test: {region: eu-west-1}}
`,
    'fn/requirements.txt': '--no-index\n--find-links ../wheels\ngreetings==1.0\n',
    'fn/app.py': 'from greetings import price\ndef handler(event, context):\n    return price(3)\n',
  })
  await writeWheel(join(folder, 'wheels/greetings-1.0-py3-none-any.whl'), {
    'greetings/__init__.py': 'def price(weight):\n    return weight * 2\n',
  })
})

/** Runs lambdactl as a user of whom the system knows nothing, with a home that may be no home. */
async function runAsNobody(home: string | undefined, ...args: string[]) {
  await chmod(folder, 0o755)
  await chmod(temporary, 0o777)
  const env = variables('', { TMPDIR: temporary })
  if (home === undefined) delete env['HOME']
  else env['HOME'] = home
  const ids = ['--reuid', '12345', '--regid', '12345', '--clear-groups']
  const command = [...ids, process.execPath, program, ...args]
  return watched(spawn('setpriv', command, { cwd: folder, env, stdio: 'pipe' })).ended
}

/** Whether somebody else may start Node and the program: not where a checkout lies in a home that is closed. */
const canBeRunByOthers = await areOpen([process.execPath, program])

async function areOpen(paths: readonly string[]): Promise<boolean> {
  for (let path of paths) {
    for (; path !== '/'; path = join(path, '..')) if (((await stat(path)).mode & 0o005) === 0) return false
  }
  return true
}

describe.skipIf(process.getuid?.() !== 0 || !canBeRunByOthers)(
  'a user without a home (only root may become one, and only an open checkout can be run by one)',
  () => {
    test.each([['/'], [''], [undefined]])(
      'installs Python packages for the run, with HOME=%s',
      async (home) => {
        const finished = await runAsNobody(home, 'package')
        expectExit(finished, 0)
        const { stdout, stderr } = finished
        expect(
          stderr.split("nothing is kept for the next run, since /.cache can't be written (EACCES);"),
        ).toHaveLength(2)
        expect(stderr.match(/installing requirements.txt/g)).toHaveLength(1)
        expect(stdout).toMatch(
          /requirements.txt: installed for Python 3.13 on x86_64 by (pip|uv) [\d.]+, for this run\n/,
        )
        expect(stdout).toContain('requirements.txt: packages for Python 3.13 on x86_64 of this run\n')
        expect(await readdir(temporary)).toEqual([])
      },
    )

    test.each([['version'], ['package --help'], ['schema']])('may run %s', async (args) => {
      expectExit(await runAsNobody(undefined, ...args.replace('version', '--version').split(' ')), 0)
    })

    test('is told why trust can not be kept', async () => {
      const finished = await runAsNobody(undefined, 'trust')
      expectExit(finished, 2)
      expect(finished.stderr).toContain("/.local/share/lambdactl/trusted can't be written")
      expect(finished.stderr).toContain('XDG_DATA_HOME')
    })
  },
)

test('a cache that the user named is used where nobody else may write to it, whoever reads it', async () => {
  await mkdir(join(folder, 'cache/python'), { recursive: true })
  await chmod(join(folder, 'cache/python'), 0o755)
  const place = { cwd: folder, env: variables(folder, { LAMBDACTL_CACHE_DIR: 'cache' }) }
  const { stdout } = await runTo(0, ['package', 'py'], place)
  expect(stdout).toMatch(/installed for Python 3.13 on x86_64 by (pip|uv) [\d.]+\n/)
  expect((await runTo(0, ['package', 'again'], place)).stdout).toContain('from the cache')
  await chmod(join(folder, 'cache/python'), 0o777)
  const { stderr } = await runTo(0, ['package', 'py'], place)
  expect(stderr).toContain(
    `py  nothing is kept for the next run, since others may write to ${folder}/cache/python (mode 777); set LAMBDACTL_CACHE_DIR to a folder`,
  )
})

describe.skipIf(process.platform !== 'linux')('where the system makes no folder, as in /proc,', () => {
  test.each([['sandbox start --port 0'], ['sandbox start --port 0 --detach']])('%s says so', async (args) => {
    const place = { cwd: folder, env: variables(folder) }
    const { stderr } = await runTo(2, [...args.split(' '), '--state', '/proc/none/state'], place)
    expect(stderr).toContain('The sandbox cannot keep its state in /proc/none/state: ')
  })

  test.each([['sandbox status'], ['schema'], ['trust --list']])('%s works with such a home', async (args) => {
    const env = variables('/proc/none', { XDG_RUNTIME_DIR: '/proc/none/run' })
    const { stderr } = await runTo(0, args.split(' '), { cwd: folder, env })
    expect(stderr).not.toContain('/proc')
  })
})

test('a folder for temporary files that is not there is named, by package and by the sandbox', async () => {
  const env = variables(folder, { TMPDIR: join(folder, 'gone') })
  for (const args of ['package', 'sandbox start --port 0']) {
    const { stderr } = await runTo(2, args.split(' '), { cwd: folder, env })
    expect(stderr).toContain(
      `lambdactl could not make a temporary folder in ${folder}/gone (ENOENT).\n  → Set TMPDIR to a folder`,
    )
  }
})
