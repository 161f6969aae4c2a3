import { chmod, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { type Place, program, runTo } from '../cli/cli.ts'
import type { TestSandbox } from '../cli/sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../cli/service.ts'
import { root as ours } from './runner.ts'

/** A repository with a service in a folder of it, staging and prod, and the pipeline that `init --ci` writes. */
export interface CiRepository {
  root: string
  place: Place
  /** Names the alarm that gates each release. */
  alarm: string
  /** Writes another handler of the one function, `hello`. */
  writeHandler: (text: string) => Promise<void>
  read: (file: string) => Promise<string>
  /** The function's name in Lambda, in an environment. */
  nameIn: (environment: string) => string
}

let count = 0

export async function makeRepository(sandbox: TestSandbox, system: string): Promise<CiRepository> {
  const root = await temporaryFolder()
  const service = `ci${(count += 1)}-${system}`
  const alarm = await sandbox.alarm(`${service}-refused`)
  const folder = join(root, 'services', 'shop')
  const writeHandler = (text: string) => writeFiles(folder, { 'hello/index.mjs': answering(text) })
  await mkdir(join(root, '.git'))
  await writeHandler('one')
  await writeFiles(root, {
    'package.json': '{"devDependencies": {"lambdactl": "*"}}',
    'services/shop/lambdactl.yaml': configuration(service, alarm),
    // In place of the real ones, which need the internet.
    'tools/npm': npm,
    'tools/gh': gh,
  })
  for (const tool of ['npm', 'gh']) await chmod(join(root, 'tools', tool), 0o755)
  const { env } = sandbox.place({ folder: root })
  const path = [join(root, 'tools'), dirname(process.execPath), env['PATH']].join(':')
  const place = { cwd: root, env: { ...env, PATH: path } }
  await runTo(0, ['init', '--ci', system], { ...place, cwd: folder })
  return {
    root,
    place,
    alarm,
    writeHandler,
    read: (file) => readFile(join(root, file), 'utf8'),
    nameIn: (environment) => `${service}-hello-${environment}`,
  }
}

const configuration = (service: string, alarm: string) => `service: ${service}
functions:
  hello:
    source: hello
    runtime: nodejs24.x
    handler: index.handler
    bundle: false
    release: {steps: [50], every: 300ms, bake: 0s, alarms: [${alarm}]}
environments:
  sandbox: {endpoint: "http://127.0.0.1:4510", region: eu-west-1}
  staging: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
  prod: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app", protected: true}
`

/** Installs this program, as \`npm ci\` would the package. */
const npm = `#!/bin/sh
[ "$*" = ci ] && [ -f package.json ] || exit 9
mkdir -p node_modules/.bin
ln -sfn "${ours}" node_modules/lambdactl
ln -sf "${program}" node_modules/.bin/lambdactl
`

/** GitHub's CLI: it notes its arguments, and lists the comment that \`gh-comment\` names. */
const gh = `#!/bin/sh
printf '%s\\n' "$*" >> "$RUNNER_TEMP/gh-calls"
case "$*" in *--paginate*) cat "$RUNNER_TEMP/gh-comment" 2>/dev/null || true ;; esac
`

/** Runs a job until the alias is on the version, at most some times. */
export async function tickUntil(
  version: string,
  tick: () => Promise<{ exitCode: number | null }>,
  seen: () => Promise<{ version: string | undefined; weights: object }>,
): Promise<void> {
  for (let tries = 0; tries < 8; tries += 1) {
    expect(await tick()).toMatchObject({ exitCode: 0 })
    const alias = await seen()
    if (alias.version === version && Object.keys(alias.weights).length === 0) return
  }
  throw new Error(`the alias is not on version ${version}`)
}
