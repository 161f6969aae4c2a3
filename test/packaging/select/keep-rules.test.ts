import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deployedFiles } from '../../../src/packaging/adopted/deployed-code.ts'
import { notAsFolder, notPackedAlike } from '../../../src/packaging/adopted/packs-alike.ts'
import { unpack } from '../../../src/packaging/adopted/unpack.ts'
import { keepRules } from '../../../src/packaging/select/keep-rules.ts'
import { archive } from '../../../src/packaging/zip/archive.ts'
import { temporaryFolder, writeFiles } from '../../cli/service.ts'
import { type ZipEntry, zipOf } from '../../sandbox/lambda/zip.ts'

const key = '-----BEGIN PRIVATE KEY-----\n'
const lock = JSON.stringify({
  packages: { '': {}, 'node_modules/eslint': { dev: true }, 'node_modules/left-pad': {} },
})

const cases: [string, Record<string, string>, string[], string[]][] = [
  ['nothing, where there are plain files only', { 'index.mjs': '', 'ca.pem': 'public' }, [], []],
  [
    'secrets and private keys, each by its path',
    { '.env.prod': 'A=1', 'certs/[my] key!.pem': key, 'certs/ca.pem': 'public', 'a/id_rsa': key },
    ['!/.env.prod', String.raw`!/certs/\[my\]\ key\!.pem`, '!/a/id_rsa'],
    ['.env.prod', 'certs/[my] key!.pem', 'a/id_rsa'],
  ],
  [
    'a folder that is called as a secret, with one in it',
    { '.env/bin/x': '', '.env/.env': '' },
    ['!/.env/', '!/.env/.env'],
    ['.env/bin/x', '.env/.env'],
  ],
  [
    'clutter and histories by their names',
    { 'lib/__pycache__/a.pyc': 'x', '.git/config': '', 'deep/.venv/lib/x.py': '', '.DS_Store': '' },
    ['!__pycache__', '!*.pyc', '!.git', '!.venv', '!.DS_Store'],
    [],
  ],
  [
    'tests, of the function itself alone',
    { 'test/a.js': '', 'lib/a.spec.ts': '', 'a.test.js': '', 'node_modules/x/tests/y.js': '' },
    ['!test/', '!*.spec.*', '!*.test.*'],
    [],
  ],
  [
    'what belongs to lambdactl elsewhere, each by its path',
    { 'lambdactl.yaml': '', 'sub/.lambdactlignore': '*' },
    ['!/lambdactl.yaml', '!/sub/.lambdactlignore'],
    [],
  ],
  [
    'packages that a lockfile marks as development',
    { 'package-lock.json': lock, 'node_modules/eslint/a.js': '', 'node_modules/left-pad/a.js': '' },
    ['!node_modules/'],
    [],
  ],
  [
    'nothing, where only production packages are there',
    { 'package-lock.json': lock, 'node_modules/left-pad/a.js': '' },
    [],
    [],
  ],
]

describe('the rules keep', () => {
  test.each(cases)('%s', async (_what, files, rules, secrets) => {
    const folder = await temporaryFolder()
    await writeFiles(folder, files)
    const paths = Object.keys(files)
    expect(await keepRules(folder, paths)).toEqual({ rules, secrets })
    const deployed = await deployedFiles(
      zipOf(Object.entries(files).map(([name, content]) => ({ name, content }))),
      'shop:3',
    )
    expect((await notPackedAlike(folder, deployed)) === undefined).toBe(rules.length === 0)
    if (rules.length > 0) await writeFiles(folder, { '.lambdactlignore': rules.join('\n') })
    expect(await notPackedAlike(folder, deployed)).toBeUndefined()
  })
})

test.each<[string, ZipEntry[], string]>([
  [
    'a link that leaves it',
    [{ name: 'out', content: '/opt/x', mode: 0o120777 }],
    'its link out leaves the package',
  ],
  [
    'a name that no zip of ours can hold',
    [{ name: 'at:12.txt', content: '' }],
    'a file can\'t have the name "at:12.txt"',
  ],
  [
    'rules of its own',
    [{ name: '.lambdactlignore', content: '*.js' }],
    'it has a .lambdactlignore, whose rules would apply to it',
  ],
])('code with %s can not lie in a folder', async (_what, entries, why) => {
  expect(notAsFolder(await deployedFiles(zipOf(entries), 'shop:3'))).toBe(why)
})

test('a file that no line of rules can name is missed', async () => {
  const folder = join(await temporaryFolder(), 'source')
  const files = await deployedFiles(
    await archive([{ path: '.env\nx', mode: 0o644, content: Buffer.from('A=1') }]),
    'shop:3',
  )
  await writeFiles(folder, {})
  await unpack(files, folder, 'shop:3')
  const { rules } = await keepRules(folder, ['.env\nx'])
  await writeFiles(folder, { '.lambdactlignore': rules.join('\n') })
  expect(await notPackedAlike(folder, files)).toBe(
    'a package that is made from a folder leaves ".env\\nx" out',
  )
})
