import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandLine, inputNames } from '../../action/command-line.ts'
import { useSandbox } from '../cli/sandbox.ts'
import { answering, makeService } from '../cli/service.ts'
import { readAction, root, runAction, startAction } from './runner.ts'

const sandbox = useSandbox()

test('every input of the action reaches its script, and every output comes from its step', async () => {
  const { inputs, outputs, runs } = await readAction()
  expect(
    Object.keys(inputs)
      .filter((name) => name !== 'working-directory')
      .toSorted(),
  ).toEqual([...inputNames].toSorted())
  const [, step] = runs.steps
  const variables = inputNames.map((name) => [
    `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
    `\${{ inputs.${name} }}`,
  ])
  expect(step?.env).toEqual(Object.fromEntries(variables))
  expect(step?.run).not.toContain('${{')
  expect(runs.using).toBe('composite')
  for (const [name, { value }] of Object.entries(outputs))
    expect(value).toBe(`\${{ steps.${step?.id}.outputs.${name} }}`)
})

test('inputs become arguments, and none becomes another one', () => {
  expect(commandLine({ functions: 'a b', env: 'prod', breakglass: 'two words' })).toEqual({
    args: ['deploy', 'a', 'b', '--env=prod', '--breakglass=two words'],
    mayWait: false,
  })
  expect(commandLine({ command: 'canary', functions: 'a', alarms: 'one\ntwo words\n' }).args).toEqual([
    'canary',
    'a',
    '--alarm=one',
    '--alarm=two words',
  ])
  expect(commandLine({ command: 'canary', functions: 'a', detach: 'true', 'dry-run': 'false' })).toEqual({
    args: ['canary', 'a', '--detach'],
    mayWait: true,
  })
  expect(commandLine({ command: 'rollback', functions: 'a', reason: '--to=1; rm -rf /' }).args).toEqual([
    'rollback',
    'a',
    '--reason=--to=1; rm -rf /',
  ])
  expect(() => commandLine({ command: 'destroy' })).toThrow('expected one of deploy, canary')
  expect(() => commandLine({ command: 'rollback', steps: '5' })).toThrow(
    'steps: the command rollback does not',
  )
  expect(() => commandLine({ command: 'canary', detach: 'yes' })).toThrow('expected true or false, got yes')
  expect(() => commandLine({ functions: '--breakglass=x' })).toThrow('expected names of functions')
})

test('an input becomes a flag that its command has', async () => {
  const manifest = await readFile(join(root, 'oclif.manifest.json'), 'utf8')
  const { commands } = JSON.parse(manifest) as { commands: Record<string, { flags: object }> }
  const strays: string[] = []
  for (const command of [
    'deploy',
    'canary',
    'tick',
    'approve',
    'promote',
    'pause',
    'abort',
    'rollback',
    'wait',
  ]) {
    for (const name of inputNames.filter(
      (each) => !['command', 'functions', 'version', 'arguments'].includes(each),
    )) {
      const words = wordsFor({ command, [name]: 'true' })
      const [flag = ''] = words?.filter((word) => word.startsWith(`--${name.replace(/s$/, '')}`)) ?? []
      const id = words?.filter((word) => !word.startsWith('--')).join(':') ?? ''
      if (words && !Object.hasOwn(commands[id]?.flags ?? {}, flag.slice(2).replace(/=.*/, '')))
        strays.push(`${command}: ${name}`)
    }
  }
  expect(strays).toEqual([])
})

/** Undefined for an input that the command does not take. */
function wordsFor(inputs: Record<string, string>): string[] | undefined {
  try {
    return commandLine(inputs).args
  } catch {
    return undefined
  }
}

test('deploys, canaries in ticks, rolls back, and tells the next steps how it came out', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const early = await runAction({ command: 'tick', functions: 'hello', env: 'test' }, place)
  expect(early).toMatchObject({ exitCode: 0, outputs: { outcome: 'idle', version: '' } })
  expect(early.stdout).toContain('hello: no release is in progress: ')
  const first = await runAction({ env: 'test' }, place)
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.outputs).toMatchObject({ outcome: 'released', version: '1', previous: '' })
  const { description } = await sandbox().alias(service.lambdaName)
  expect(description).toContain(first.outputs['release-id'])
  expect(first.summary).toContain(`| hello | released | 1 |  | ${first.outputs['release-id']} |`)

  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = { command: 'canary', functions: 'hello', env: 'test', alarms: alarm }
  const begun = await runAction({ ...canary, detach: 'true', steps: '50', every: '1h' }, place)
  expect(begun).toMatchObject({ exitCode: 0 })
  expect(begun.outputs).toMatchObject({ outcome: 'waiting', version: '2' })
  expect(begun.stderr).toMatch(/^::group::prepare: [^]*published version 2\n::endgroup::\n[^]*plan: canary/m)
  expect(begun.summary).toMatch(/\n {2}bar \[50, 0\]\n {2}line \[50, 100\]\n/)
  const tick = await runAction({ command: 'tick', functions: 'hello', env: 'test' }, place)
  expect(tick).toMatchObject({ exitCode: 0 })
  expect(tick.outputs).toMatchObject({ outcome: 'waiting', 'release-id': begun.outputs['release-id'] })

  await sandbox().setAlarm(alarm, 'ALARM')
  const stopped = await runAction({ command: 'tick', functions: 'hello', env: 'test' }, place)
  expect(stopped).toMatchObject({ exitCode: 7 })
  const canaryId = begun.outputs['release-id']
  expect(canaryId).toMatch(/./)
  const backOn = { version: '1', previous: '2' }
  expect(stopped.outputs).toMatchObject({ outcome: 'rolled-back', 'release-id': canaryId, ...backOn })
  expect(stopped.summary).toMatch(/^- Alias live of .* is back on version 1: alarm .* is in ALARM/m)
  expect(stopped.stderr).toMatch(/^::error title=lambdactl,file=lambdactl\.yaml,line=\d+::Alias live of /m)
  const toldBefore = await runAction({ command: 'tick', functions: 'hello', env: 'test' }, place)
  expect(toldBefore).toMatchObject({ exitCode: 0, outputs: { outcome: 'idle', version: '1' } })
  expect(toldBefore.stdout).toMatch(
    /^hello: no release is in progress, live is on version 1\. The release was rolled back: canary \w+ of version 2/,
  )
  const waited = await runAction({ command: 'wait', functions: 'hello', env: 'test' }, place)
  expect(waited.outputs).toMatchObject({ outcome: 'rolled-back', 'release-id': canaryId })
  const back = { command: 'rollback', functions: 'hello', env: 'test', reason: '$(touch hacked)' }
  expect((await runAction(back, place)).outputs).toMatchObject({ outcome: 'unchanged', version: '1' })
  const byHand = await runAction({ ...back, arguments: '--to\n2' }, place)
  expect(byHand.outputs).toMatchObject({ outcome: 'rolled-back', version: '2', previous: '1' })
  expect(byHand.outputs['release-id']).toMatch(/^\w{8}$/)
  expect((await sandbox().alias(service.lambdaName)).description).toContain(byHand.outputs['release-id'])
})

test('a cancelled job rolls its canary back, also if the runner signals twice', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = { command: 'canary', functions: 'hello', env: 'test', steps: '50', every: '1h' }
  const { child, stepped } = await startAction({ ...canary, alarms: alarm }, place)
  const weights = async () => (await sandbox().alias(service.lambdaName)).weights
  await expect.poll(weights, { timeout: 30_000 }).toEqual({ 2: 0.5 })
  child.kill('SIGINT')
  child.kill('SIGTERM')
  expect((await stepped).outputs).toMatchObject({ outcome: 'interrupted' })
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '1' })
  expect(await weights()).toEqual({})
})

test('an unknown input is told as an error of the workflow', async () => {
  const service = await makeService()
  const wrong = await runAction({ command: 'deploy', reason: 'x' }, sandbox().place(service))
  expect(wrong.exitCode).toBe(2)
  expect(wrong.stderr).toContain('::error title=lambdactl::reason: the command deploy does not take it.')
  await service.writeField('memory: 1')
  const refused = await runAction({ env: 'test' }, sandbox().place(service))
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toMatch(
    /^::error title=lambdactl,file=lambdactl\.yaml,line=10,col=13::functions\.hello\.memory: /m,
  )
})
