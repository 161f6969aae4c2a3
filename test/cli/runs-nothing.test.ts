import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { functionsOf, type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service, temporaryFolder } from './service.ts'

const sandbox = useSandbox()

/** Two versions are out; from now on whatever of the service runs on this machine leaves a file in a folder. */
async function booby(): Promise<{ service: Service; place: Place; ran: () => Promise<string[]> }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  const marks = await temporaryFolder()
  const mark = (name: string) => `require('fs').writeFileSync(${JSON.stringify(join(marks, name))}, '')`
  const command = (name: string) => JSON.stringify([process.execPath, '-e', mark(name)])
  await service.writeHandler(`import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
${mark('handler')}
${answering('three')}`)
  const points = ['confirm-rollout', 'before-shift', 'after-shift', 'before-promote', 'after-rollback']
  await service.writeRelease(`hooks: {${points.map((point) => `${point}: ${command(point)}`).join(', ')}}`)
  await service.writeFunction(
    `built: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, build: ${command('build')}}
  wheels: {source: wheels, runtime: python3.13, handler: app.handler}
  plugged: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: {plugins: [plugin.mjs]}}`,
  )
  await service.write({
    'plugin.mjs': `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
${mark('plugin')}
export default []
`,
  })
  await service.write({ 'wheels/app.py': 'handler = print\n', 'wheels/requirements.txt': './evil\n' })
  await service.write({
    'wheels/evil/pyproject.toml': '[project]\nname = "evil"\nversion = "1"\n',
    'wheels/evil/setup.py': `open(${JSON.stringify(join(marks, 'setup'))}, "w")\n`,
  })
  return { service, place, ran: () => readdir(marks) }
}

test('verbs that release nothing run nothing of the file: no build, no hook, no handler', async () => {
  const { place, ran } = await booby()
  for (const args of [
    'status -e test',
    'history -e test',
    'logs tail hello -e test --no-follow',
    'logs errors hello -e test',
    'invoke hello -e test',
    'canary status hello -e test',
    'concurrency show hello -e test',
    'diff -e test --no-build',
    'deploy -e test --dry-run --no-build',
    'canary hello -e test --dry-run --no-build --breakglass looking',
    'rollback hello -e test --to 1',
    'rollback hello -e test --to 2',
    'canary abort hello -e test',
  ]) {
    const { exitCode, stderr } = await run(args.split(' '), place)
    expect([0, 4, 5, 6], `${args}: ${stderr}`).toContain(exitCode)
    expect({ args, ran: await ran() }).toEqual({ args, ran: [] })
  }
  await run(['diff', 'built', 'plugged', '-e', 'test'], place)
  await run(['package', 'hello', '-e', 'test'], place)
  expect(await ran()).toEqual(['build', 'handler', 'plugin'])
})

test('diff --no-build compares what it can: the configuration always, the code of what has no build', async () => {
  const { service, place } = await booby()
  const { stdout } = await runTo(
    0,
    ['diff', 'hello', 'built', 'wheels', 'plugged', '-e', 'test', '--no-build'],
    place,
  )
  expect(stdout).toContain('1 file changed against version 2 of live')
  expect(stdout).toContain('the code was not compared: build: was not run')
  expect(stdout).toContain('the code was not compared: requirements.txt was not installed')
  expect(stdout).toContain('the code was not compared: the plugins of bundle: were not run')
  await service.writeFunction(
    `built: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, build: ["true"], name: ${service.lambdaName}-2}`,
  )
  await runTo(0, ['deploy', 'built', '-e', 'test'], place)
  const same = await runTo(0, ['diff', 'built', '-e', 'test', '--no-build', '--exit-code'], place)
  expect(same.stdout).toContain('the same configuration as version 1 of live')
  await service.writeFunction(
    `built: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, build: ["true"], memory: 512, name: ${service.lambdaName}-2}`,
  )
  const json = await run(['diff', 'built', '-e', 'test', '--no-build', '--exit-code', '--json'], place)
  expect(json.exitCode).toBe(1)
  expect(functionsOf(json)).toMatchObject([
    { codeUnknown: 'build: was not run', code: [], configuration: [{ field: 'memory', to: 512 }] },
  ])
  const planned = await runTo(0, ['deploy', 'built', '-e', 'test', '--dry-run', '--no-build'], place)
  expect(planned.stderr).toContain('build: was not run, so lambdactl does not know whether the code differs')
  const released = await runTo(2, ['deploy', 'built', '-e', 'test', '--no-build'], place)
  expect(released.stderr).toContain('--no-build needs --dry-run')
})

test('a repository within the checkout can have git run nothing', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const mark = join(service.folder, 'ran')
  const stranger = await temporaryFolder()
  const git = (...args: string[]) => execFileSync('git', ['-C', stranger, ...args])
  git('init', '-q')
  git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-q', '--allow-empty', '-m', 'x')
  const hello = join(service.folder, 'hello')
  await cp(join(stranger, '.git'), hello, { recursive: true })
  await service.write({
    'hello/config': `[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\nfsmonitor = "touch ${mark};false"\n`,
  })
  await run(['deploy', '-e', 'test', '--dry-run', '--no-build'], place)
  expect(existsSync(mark)).toBe(false)
})
