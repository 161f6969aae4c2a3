import { expect, test } from 'vitest'
import { eventsOf, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

test('logs --live reads by Live Tail beside the polling, gives each line once, and tells what it took', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const following = start(['logs', 'hello', '-e', 'test', '--live', '--json', '--verbose'], place)
  await following.says(/StartLiveTail/)
  await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '-'], place, '{"name": "late"}')
  await following.says(/greeting late/)
  // The next second's lines come by Live Tail too, and are not shown once more.
  await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '-'], place, '{"name": "later"}')
  await following.says(/greeting later/)
  following.child.kill('SIGINT')
  const { exitCode, stdout, stderr } = await following.ended
  expect(exitCode).toBe(130)
  const events = eventsOf({ stdout, stderr, exitCode } as never)
  expect(events.filter(({ message }) => /greeting late\b/.test(String(message)))).toHaveLength(1)
  expect(events).toContainEqual(expect.objectContaining({ event: 'notice', notice: 'live-ended' }))
})
