import { expect, test } from 'vitest'
import { isConflict, isUnanswered, mayBeMade, mayPass, needsLook } from '../../src/errors/after-a-call.ts'
import type { ErrorCode } from '../../src/errors/codes.ts'
import { LambdactlError } from '../../src/errors/error.ts'

const of = (code: ErrorCode, cause?: unknown) => new LambdactlError(code, 'it failed', { cause })
const ended = of('INTERRUPTED', Object.assign(new Error('no answer'), { name: 'AbortError' }))

test.each([
  ['UNREACHABLE', of('UNREACHABLE'), { isUnanswered, mayBeMade, mayPass, needsLook }],
  ['AWS_UNAVAILABLE', of('AWS_UNAVAILABLE'), { isUnanswered, mayBeMade, mayPass, needsLook }],
  [
    'a conflict: AWS said no, and may say yes after a look',
    of('CONFLICT'),
    { isConflict, mayPass, needsLook },
  ],
  ['what nobody foresaw: it stops a release, which is taken back', new Error('boom'), { mayBeMade, mayPass }],
  ['a call that an interrupt ended', ended, { mayBeMade, mayPass }],
  ['an interrupt before anything was asked', of('INTERRUPTED'), {}],
  ['AWS_REFUSED', of('AWS_REFUSED'), {}],
  ['NOT_PERMITTED', of('NOT_PERMITTED'), {}],
  ['NOT_AUTHENTICATED', of('NOT_AUTHENTICATED'), {}],
  ['NOT_FOUND', of('NOT_FOUND'), {}],
])('%s', (_, error, expected) => {
  const questions = { isUnanswered, isConflict, mayBeMade, mayPass, needsLook }
  const answered = Object.entries(questions).flatMap(([name, ask]) => (ask(error) ? [name] : []))
  expect(answered.toSorted()).toEqual(Object.keys(expected).toSorted())
})
