import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, failing, makeService } from './service.ts'

const sandbox = useSandbox()
const on = ['hello', '-e', 'test']

interface Report {
  release: { id: string; outcome: string; reason?: string }
  course: { percent: number }[]
  happenings: { did: string; percent: number; by?: string; reason?: string }[]
  versions: { version: string; role: string; invocations?: number; errors?: number }[]
  alarms: { name: string; source: string; periods: { condition: string }[] }[]
  errors: { kind: string; count: number; versions: unknown[] }[]
  gates: { led: string; alarms: { condition: string }[] }[]
  unread: unknown[]
}

async function reportOf(place: Place, ...words: string[]): Promise<Report> {
  const { stdout } = await runTo(0, ['canary', 'report', ...on, ...words, '--json'], place)
  return JSON.parse(stdout) as Report
}

/** Begins a canary that goes on by itself: exit 8, more is to come. */
async function detached(place: Place, ...words: string[]): Promise<void> {
  expect(await run(['canary', ...on, '--detach', ...words], place)).toMatchObject({ exitCode: 8 })
}

test('a release that an alarm rolled back has its course, its figures and its errors', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambdaName } = service
  const alarm = await sandbox().alarm(`${lambdaName}-refused`)
  await service.writeHandler(failing)
  const steps = ['--steps', '50', '--every', '60s', '--alarm', alarm]
  await detached(place, ...steps)
  const request = new InvokeCommand({ FunctionName: lambdaName, Qualifier: 'live' })
  for (let failed = false; !failed; )
    failed = (await sandbox().lambda.send(request)).FunctionError !== undefined

  const going = await reportOf(place)
  expect(going).toMatchObject({ release: { outcome: 'in progress' }, course: [{ percent: 50 }], unread: [] })

  await sandbox().setAlarm(alarm, 'ALARM')
  const ended = await run(['canary', 'resume', ...on, '--detach'], place)
  expect(ended.exitCode).toBe(7)
  expect(ended.stderr).toContain('lambdactl canary report hello --env test')

  const { id } = going.release
  const report = await reportOf(place, id.slice(0, 5))
  expect(report.release).toMatchObject({ id, outcome: 'rolled-back' })
  expect(report.course.map(({ percent }) => percent)).toEqual([50, 0])
  expect(report.happenings.map(({ did }) => did)).toEqual(['started', 'shifted', 'resumed', 'rolled back'])
  expect(report.happenings[0]?.by).toMatch(/^arn:/)
  const failures = report.versions.find(({ role }) => role === 'candidate')
  expect(failures?.errors).toBeGreaterThanOrEqual(1)
  expect(report.alarms).toMatchObject([{ name: alarm, source: 'history' }])
  expect(report.alarms[0]?.periods.at(-1)).toMatchObject({ condition: 'ALARM' })
  expect(report.errors).toMatchObject([{ count: failures?.errors, versions: [{ version: '2' }] }])
  expect(report.gates.at(-1)).toMatchObject({ led: 'rolled-back', alarms: [{ condition: 'ALARM' }] })

  const shown = await runTo(0, ['canary', 'report', ...on], place)
  expect(shown.stdout).toContain(`canary ${id}, version 1 → 2  rolled back`)

  const page = join(service.folder, 'report.html')
  await runTo(0, ['canary', 'report', ...on, '--html', page], place)
  // An earlier report is replaced.
  await runTo(0, ['canary', 'report', ...on, '--html', page], place)
  expect(await readFile(page, 'utf8')).toContain('rolled back')
  await writeFile(page, 'my own page')
  const refused = await run(['canary', 'report', ...on, '--html', page], place)
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
  expect(refused.stderr).toContain('is not a report, so it was not replaced')
  expect(await readFile(page, 'utf8')).toBe('my own page')
})

test('the latest release is the one that a rollback by hand ended, with that rollback', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await detached(place, '--steps', '10', '--every', '60s', '--alarm', alarm)
  await runTo(0, ['rollback', ...on, '--reason', 'orders without a price'], place)
  const report = await reportOf(place, 'latest', '--no-errors')
  expect(report.release).toMatchObject({ outcome: 'rolled-back', reason: 'orders without a price' })
  expect(report.course.map(({ percent }) => percent)).toEqual([10, 0])
  expect(report.happenings.at(-1)).toMatchObject({ did: 'rolled back', reason: 'orders without a price' })
  expect(report).not.toHaveProperty('errors')
  const unknown = await run(['canary', 'report', 'hello', 'zzzzzzzz', '-e', 'test'], place)
  expect(unknown.exitCode).toBe(4)
  expect(unknown.stderr).toContain('lambdactl history hello --env test')
  const same = ['canary', 'report', ...on, '--html', 'report', '--svg', './report']
  expect((await run(same, place)).stderr).toContain('--html and --svg name the same file')
  const short = await run(['canary', 'report', 'hello', 'zz', '-e', 'test'], place)
  expect(short.exitCode).toBe(2)
})
