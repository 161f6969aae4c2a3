import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ZipEntry } from '../sandbox/lambda/zip.ts'
import { ForeignFunction } from './adopted.ts'
import { functionsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { temporaryFolder } from './service.ts'

const sandbox = useSandbox()
const key = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n'
const link = 0o120777
const index = { name: 'index.js', content: 'exports.handler = async () => 1\n' }
const app = { name: 'app.py', content: 'def handler(event, context):\n    return 1\n' }
const python = { Runtime: 'python3.13', Handler: 'app.handler' } as const

function lock(packages: object): string {
  return JSON.stringify({ lockfileVersion: 3, packages })
}

interface Case {
  files: ZipEntry[]
  settings?: Parameters<ForeignFunction['create']>[1]
  /** The warnings of `init`. */
  warns?: RegExp[]
  /** Its source stays the zip. */
  isZip?: true
}

const cases: Record<string, Case> = {
  'of Node with development packages': {
    files: [
      index,
      { name: 'package.json', content: '{}' },
      {
        name: 'package-lock.json',
        content: lock({ '': {}, 'node_modules/dev': { dev: true }, 'node_modules/prod': {} }),
      },
      { name: 'node_modules/dev/index.js', content: '' },
      { name: 'node_modules/dev/test/index.js', content: '' },
      { name: 'node_modules/dev/bin.js', content: '#!/usr/bin/env node\n', mode: 0o100755 },
      { name: 'node_modules/prod/index.js', content: '' },
      { name: 'node_modules/.bin/dev', content: '../dev/bin.js', mode: link },
      {
        name: 'node_modules/.package-lock.json',
        content: lock({ 'node_modules/dev': { dev: true }, 'node_modules/prod': {} }),
      },
    ],
    warns: [/!node_modules\/$/m],
  },
  'of TypeScript beside what was compiled, with tests': {
    files: [
      index,
      { name: 'index.ts', content: 'export const handler = async (): Promise<number> => 1\n' },
      { name: 'tsconfig.json', content: '{}' },
      { name: 'test/index.js', content: '' },
      { name: 'test/.env.test', content: '' },
      { name: 'lib/__tests__/a.js', content: '' },
      { name: 'lib/a.spec.js', content: '' },
    ],
    warns: [
      /!__tests__\/ !\*\.spec\.\* !test\/ !\/test\/\.env\.test$/m,
      /look like secrets.*: test\/\.env\.test$/m,
    ],
  },
  'with secrets': {
    files: [
      index,
      { name: '.env', content: 'A=1' },
      { name: 'certs/server.pem', content: key },
      { name: 'certs/ca.pem', content: '-----BEGIN CERTIFICATE-----\n' },
      { name: 'certs/my key.key', content: key },
      { name: '.DS_Store', content: 'x' },
      { name: 'lambdactl.yaml', content: 'service: other\n' },
    ],
    warns: [/look like secrets.*: \.env, certs\/my key\.key, certs\/server\.pem$/m],
  },
  'of Python with compiled code, odd modes, empty files and folders': {
    files: [
      app,
      { name: '__pycache__/app.cpython-313.pyc', content: 'x' },
      { name: 'lib/', content: '', mode: 0o040700 },
      { name: 'empty/', content: '', mode: 0o040000 },
      { name: 'lib/__init__.py', content: '', mode: 0o100000 },
      { name: 'lib/a.py', content: 'a', mode: 0 },
      { name: 'lib/b.py', content: 'b', mode: 0o104751 },
      { name: 'lib/c.py', content: 'c', mode: 0o100001 },
      { name: './lib/d.py', content: 'd', mode: 0o100444 },
      { name: 'requirements.txt', content: 'no-such-package-anywhere==1\n' },
      { name: 'six-1.0.dist-info/METADATA', content: '' },
      { name: 'tests/test_app.py', content: '' },
      { name: 'six/tests/test_six.py', content: '' },
    ],
    settings: python,
  },
  'with links to files, folders and links': {
    files: [
      app,
      { name: 'lib/1/a.py', content: 'a', mode: 0o100755 },
      { name: 'lib/current', content: '1', mode: link },
      { name: 'lib/b.py', content: 'current/a.py', mode: link },
      { name: 'lib/1/tests', content: '../../app.py', mode: link },
    ],
    settings: python,
  },
  'of a provided runtime': {
    files: [
      { name: 'bootstrap', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'bin/run', content: '#!/bin/sh\n', mode: 0o100711 },
      { name: 'data.key', content: 'x', mode: 0o100600 },
    ],
    settings: { Runtime: 'provided.al2023', Handler: 'bootstrap' },
    warns: [/look like secrets.*: data\.key$/m],
  },
  'whose handler is in a layer': {
    files: [app],
    settings: {
      ...python,
      Handler: 'datadog_lambda.handler.handler',
      Layers: ['arn:aws:lambda:eu-west-1:000000000000:layer:Datadog-Python313:1'],
    },
  },
  'with a repository': {
    files: [
      index,
      { name: 'lib/.GIT/config', content: '[core]\n\tfsmonitor = "touch owned"\n' },
      { name: 'lib/.GIT/hooks/post-checkout', content: '#!/bin/sh\n', mode: 0o100700 },
    ],
    warns: [/it has "lib\/\.GIT\/config", and another tool would run programs because of that file$/m],
    isZip: true,
  },
  'with tasks of an editor': {
    files: [index, { name: '.vscode/tasks.json', content: '{}' }],
    warns: [/it has "\.vscode\/tasks\.json", and another tool would run programs because of that file$/m],
    isZip: true,
  },
  'without dependencies that it may ask for': {
    files: [
      {
        name: 'index.js',
        content: "exports.handler = async () => {\n  try { require('left-pad') } catch { return 1 }\n}\n",
      },
      { name: 'package.json', content: '{"dependencies": {"left-pad": "1"}}' },
    ],
    warns: [/: index\.js imports left-pad, .* got none$/m],
    isZip: true,
  },
  'with a link that leads nowhere': {
    files: [index, { name: 'nowhere', content: 'missing', mode: link }],
    warns: [/stays a zip, as deployed, functions\/\S+\.zip: its link nowhere leads nowhere$/m],
    isZip: true,
  },
  'with rules of its own': {
    files: [index, { name: '.lambdactlignore', content: 'kept.txt\n' }, { name: 'kept.txt', content: '' }],
    warns: [/it has a \.lambdactlignore, whose rules would apply to it$/m],
    isZip: true,
  },
}

/** The files below a folder that not only their user can read. */
async function readableByOthers(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true })
  const modes = await Promise.all(found.map(async (path) => (await stat(join(folder, path))).mode))
  return found.filter((_, at) => (modes[at] ?? 0) & 0o077).join('\n')
}

describe('a function is taken on, and a deploy of it has nothing to do:', () => {
  test.each(Object.entries(cases))('one %s', async (what, { files, settings = {}, warns = [], isZip }) => {
    const name = what.replace(/\W+/g, '-')
    for (const arn of settings.Layers ?? []) await sandbox().layer(arn.split(':')[6] ?? '')
    const foreign = await new ForeignFunction(sandbox(), name).create(files, settings)
    await foreign.alias('live', await foreign.publish())
    const place = sandbox().place({ folder: await temporaryFolder() }, { AWS_REGION: 'eu-west-1' })
    const adopted = await runTo(0, ['init', '--from', name, '--env', 'prod'], place)
    for (const warning of warns) expect(adopted.stderr).toMatch(warning)
    expect(adopted.stderr.includes('look like secrets')).toBe(String(warns).includes('look like secrets'))
    expect(await readdir(join(place.cwd, 'functions'))).toEqual([isZip ? `${name}.zip` : name])
    expect(await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8')).not.toContain('PRIVATE KEY')
    expect(await readableByOthers(place.cwd)).not.toMatch(/\.env|\.key|server\.pem|\.zip/)
    const compared = await runTo(0, ['diff', '--env', 'prod', '--exit-code', '--json'], place)
    expect(functionsOf(compared)).toMatchObject([{ deploys: false, configuration: [], code: [] }])
    expect((await runTo(0, ['deploy', '--env', 'prod'], place)).stdout).toContain('nothing to deploy')
    expect(await sandbox().versions(name)).toEqual(['1'])
  })
})
