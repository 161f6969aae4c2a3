import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { watched } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const demo = join(import.meta.dirname, '../../demo/demo.ts')

// Only a whole release with traffic of its own source shows that a rollback loses none of it; only this runs the demo.
test('of 1,000 objects put during a canary that is rolled back none is lost, as the demo shows', async () => {
  const home = await temporaryFolder()
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const child = spawn(process.execPath, [demo, 'pipeline'], { cwd: home, env: variables(home, none) })
  const played = watched(child)
  // The demo ends its sandbox.
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await played.ended
  })
  const { exitCode, stdout, stderr } = await played.ended
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
  const [, stored, failed] =
    /records in the table: (\d+)\n {2}events in the queue of those that failed: (\d+)\n {2}lost: 0\n/.exec(
      stdout,
    ) ?? []
  expect(Number(stored) + Number(failed)).toBe(1000)
  // Its own alarm took the version back that had traffic.
  expect(stderr).toContain('back on version 1: alarm shop-ingest-sandbox-live-errors is in ALARM')
  expect(stdout).toMatch(/version 1 90%, version 2 10%\n[^]*version 1 100%\nOrders that landed: 1000\n/)
  expect(stdout).toMatch(/after 90 days of the lifecycle: GLACIER 1000\n$/)
}, 300_000)
