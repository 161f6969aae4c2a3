import { expect, test, vi } from 'vitest'
import { rollbackText } from '../../../src/ui/results/rollback.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('TZ', 'UTC'))

test('a rollback that moves nothing tells the time as all other lines do', () => {
  const because =
    'live is already back on 1: canary k3f9q2ab was rolled back, 2026-11-28T01:06:12.516Z: too slow'
  const text = rollbackText({
    function: 'checkout',
    alias: 'live',
    outcome: 'unchanged',
    version: '1',
    from: { version: '1' },
    because,
    undo: undefined,
    next: [],
    changes: undefined,
  })
  expect(text).toMatch(/rolled back, 2026-11-28 01:06:12(?:Z|\+00:00): too slow/)
})
