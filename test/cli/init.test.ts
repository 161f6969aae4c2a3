import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive } from '../sandbox/execution/processes.ts'
import { type Place, runTo } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** A user without any credentials. */
async function user(): Promise<Place> {
  const home = await temporaryFolder()
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  return { cwd: home, env: variables(home, none) }
}

test.each(['node', 'python'])(
  'the schema that the first line of the %s template names is there',
  async (template) => {
    const place = await user()
    await runTo(0, ['init', 'shop', '--template', template], place)
    const read = (file: string) => readFile(join(place.cwd, 'shop', file), 'utf8')
    const [, named = ''] =
      /^# yaml-language-server: \$schema=(\S+)\n/.exec(await read('lambdactl.yaml')) ?? []
    expect(await read(named)).toBe((await runTo(0, ['schema'], place)).stdout)
  },
)

test('a schema that is there already is no hindrance, and stays', async () => {
  const place = await user()
  await writeFile(join(place.cwd, 'lambdactl.schema.json'), 'mine')
  await runTo(0, ['init'], place)
  expect(await readFile(join(place.cwd, 'lambdactl.schema.json'), 'utf8')).toBe('mine')
})

test.each([
  ['a folder in a file', 'file/shop', /^Error: \S+\/file is a file, so \S+\/file\/shop can't be a folder/],
  ['a folder deep in a file', 'file/a/b/shop', /^Error: \S+\/file is a file, so/],
  ['a file', 'file', /^Error: \S+\/file is a file, so \S+\/file can't be a folder/],
  ['a link to a file', 'link/shop', /^Error: \S+\/link is a file, so/],
  ['a folder whose functions are a file', 'half', /^Error: functions is in \S+\/half already/],
  ['a folder of the system', '/proc/none', /^Error: Could not write \/proc\/none\S*: .+ \(E[A-Z]+\)\./],
  [
    'a name that is too long',
    'x'.repeat(300),
    /^Error: Could not write \S+: the name is too long \(ENAMETOOLONG\)\./,
  ],
])('init into %s tells what is in the way', async (_what, directory, says) => {
  const place = await user()
  await writeFile(join(place.cwd, 'file'), '')
  await symlink('file', join(place.cwd, 'link'))
  await mkdir(join(place.cwd, 'half'))
  await writeFile(join(place.cwd, 'half/functions'), '')
  const { stderr } = await runTo(2, ['init', directory], place)
  expect(stderr).toMatch(says)
})

test('init --from tells the same, before it reaches AWS', async () => {
  const place = await user()
  await writeFile(join(place.cwd, 'file'), '')
  const args = [
    'init',
    'file/shop',
    '--from',
    'other',
    '--env',
    'prod',
    '--endpoint-url',
    'http://127.0.0.1:9',
  ]
  const { stderr } = await runTo(2, [...args, '--region', 'eu-west-1'], place)
  expect(stderr).toContain(`${place.cwd}/file is a file, so ${place.cwd}/file/shop can't be a folder`)
})

test('what init says to do next works as it is printed, without any credentials', async () => {
  const place = await user()
  const { stderr } = await runTo(0, ['init', 'my shop'], place)
  const commands = [...stderr.matchAll(/^ {2}(\S.*)$/gm)].map(([, command = '']) => command)
  expect(commands[0]).toBe("cd 'my shop'")
  const shop = { ...place, cwd: join(place.cwd, 'my shop') }
  // The usual port may be somebody else's while tests run.
  const start = (commands[1] ?? '').split(' ').slice(1)
  expect(start).toEqual(['sandbox', 'start', '--detach'])
  const started = await runTo(0, [...start, '--port', '0', '--json'], shop)
  const { url, pid } = JSON.parse(started.stdout) as { url: string; pid: number }
  try {
    const file = join(shop.cwd, 'lambdactl.yaml')
    const text = await readFile(file, 'utf8')
    expect(text).toContain('"http://127.0.0.1:4510"')
    await writeFile(file, text.replace('http://127.0.0.1:4510', url).replace('bake: 10m', 'bake: 1s'))
    for (const command of commands.slice(2)) await runTo(0, command.split(' ').slice(1), shop)
  } finally {
    await runTo(0, ['sandbox', 'stop'], shop)
  }
  expect(isAlive(pid)).toBe(false)
})
