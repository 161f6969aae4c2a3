import { describe, expect, test, vi } from 'vitest'
import { errorText } from '../../../src/ui/text/error.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

describe('an error', () => {
  test('says what happened and what to do next', () => {
    const error = { kind: 'user', message: 'It broke.', next: ['Mend it.', 'Try again.'] } as const
    expect(errorText(error)).toBe('Error: It broke.\n  → Mend it.\n  → Try again.')
  })

  test('that the person asked for is none', () => {
    expect(errorText({ kind: 'cancelled', message: 'Interrupted.', next: [] })).toBe('Interrupted.')
  })

  test('can not steer the terminal', () => {
    expect(errorText({ kind: 'bug', message: 'a\u001b[2Jb', next: ['c\u0007d'] })).toBe('Error: ab\n  → cd')
  })
})
