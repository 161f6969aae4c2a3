import { type ChildProcess, execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { commandsOf, createSpareWall, type SpareWall } from '../../src/processes/spare-wall.ts'
import { canOverlay, findWall } from '../../src/processes/wall.ts'
import { temporaryFolder } from '../cli/service.ts'

const wall = await findWall()

const said = `console.log(JSON.stringify({
  variables: process.env,
  words: process.argv.slice(1),
  folder: process.cwd(),
  input: require('node:fs').readFileSync(0, 'utf8'),
  hidden: require('node:fs').readFileSync(process.argv[1], 'utf8'),
}))`

/** A home folder with a secret, and a wall that waits. */
async function open() {
  const home = await temporaryFolder()
  vi.stubEnv('HOME', home)
  await writeFile(join(home, '.netrc'), 'secret')
  const spareWall = createSpareWall()
  onTestFinished(() => {
    spareWall.close()
    vi.unstubAllEnvs()
  })
  const output = join(home, 'output')
  const program = {
    file: process.execPath,
    args: ['-e', said, '.netrc'],
    directory: home,
    variables: { PATH: '/usr/bin:/bin' } as Record<string, string>,
  }
  return { home, output, program, spareWall }
}

/** Renewing takes a turn of the event loop. */
async function renewed(spareWall: SpareWall): Promise<SpareWall> {
  spareWall.renew()
  await setImmediate()
  return spareWall
}

test.runIf(wall)(
  'a program behind it gets its variables, words and folder unchanged, and no secret',
  async () => {
    const { home, output, program, spareWall } = await open()
    const odd = `it's "$(id)" \`id\` \\ é Ł 漢 €\n#!;&|<>*?~`
    const variables = {
      ...program.variables,
      ODD: odd,
      EMPTY: '',
      'WITH-DASH': 'x',
      PWD: '/elsewhere',
      UID: 'mine',
      OPTIND: 'mine',
      LD_LIBRARY_PATH: '/nowhere',
    }
    const changed = { ...program, variables, args: [...program.args, odd, ''] }
    const child = (await renewed(spareWall)).start(changed, output)
    expect(await once(child as ChildProcess, 'exit')).toEqual([0, null])
    expect(JSON.parse(await readFile(output, 'utf8'))).toEqual({
      variables,
      words: ['.netrc', odd, ''],
      folder: home,
      input: '',
      hidden: '',
    })
  },
)

test('only the shell itself gets the variables, since all users can read command lines', () => {
  const variables = { DB_PASSWORD: 'swordfish' }
  const tools = { unshare: '/bin/unshare', sh: '/bin/sh', mount: '/bin/mount', env: '/bin/env' }
  const program = { file: '/bin/true', args: [], directory: '/', variables }
  const lines = commandsOf(program, tools, '/dev/null').split('\n')
  const withSecret = lines.filter((line) => line.includes('swordfish'))
  expect(withSecret).toEqual(["export 'DB_PASSWORD=swordfish'"])
})

test.runIf(wall)(
  'it serves no program from which other places have to be hidden, or that would see them again',
  async () => {
    const { home, output, program, spareWall } = await open()
    const overlays = [{ folder: await temporaryFolder(), place: home }]
    const below = { ...program, directory: '/', overlays }
    expect((await renewed(spareWall)).start(below, output)).toBeUndefined()
    await mkdir(join(home, '.aws'))
    const hiddenCode = [{ folder: join(home, '.aws'), place: '/opt' }]
    expect((await renewed(spareWall)).start({ ...program, overlays: hiddenCode }, output)).toBeUndefined()
    await renewed(spareWall)
    await writeFile(join(home, '.npmrc'), 'a new secret')
    expect(spareWall.start(program, output)).toBeUndefined()
    // The next one knows the new place. It has ended before the folder that it writes to is removed.
    const child = (await renewed(spareWall)).start(program, output)
    expect(await once(child as ChildProcess, 'exit')).toEqual([0, null])
  },
)

test.runIf(wall)('its shell ends when it is closed', async () => {
  const { spareWall } = await open()
  const shells = async () => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '--ppid', String(process.pid)])
    return stdout.split('\n').filter((line) => /unshare|sh$/.test(line))
  }
  // Those of other tests end by and by.
  await expect.poll(shells).toEqual([])
  await renewed(spareWall)
  expect(await shells()).toHaveLength(1)
  spareWall.close()
  await expect.poll(shells).toEqual([])
  expect(await renewed(spareWall).then(shells)).toEqual([])
})

test.runIf(wall)('a program behind it sees the folders that are laid over others', async ({ skip }) => {
  const laid = { folder: await temporaryFolder(), place: await temporaryFolder() }
  if (!(await canOverlay(laid))) skip('No overlay can be mounted here.')
  const { output, program, spareWall } = await open()
  await writeFile(join(laid.folder, 'above'), '')
  await writeFile(join(laid.place, 'beneath'), '')
  const list = 'console.log(require("node:fs").readdirSync("."))'
  const changed = { ...program, args: ['-e', list], directory: laid.place, overlays: [laid] }
  const child = (await renewed(spareWall)).start(changed, output)
  expect(await once(child as ChildProcess, 'exit')).toEqual([0, null])
  expect(await readFile(output, 'utf8')).toContain("[ 'above', 'beneath' ]")
})
