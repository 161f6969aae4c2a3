import { expect, test } from 'vitest'
import {
  isMovedByHand,
  isSameAlias,
  isSameTraffic,
  isUntouched,
} from '../../../src/release/values/same-alias.ts'

const found = {
  name: 'live',
  version: '3',
  weight: { version: '4', percent: 10 },
  description: 'ours',
  revisionId: 'revision-1',
}
const revisionId = 'revision-2'

test.each([
  ['nothing', found, { isSameTraffic, isSameAlias, isUntouched }],
  ['its revision alone, as by AWS', { ...found, revisionId }, { isSameTraffic, isSameAlias }],
  ['its record', { ...found, description: 'theirs', revisionId }, { isSameTraffic }],
  ['its version', { ...found, version: '2', revisionId }, { isMovedByHand }],
  ['its weight', { ...found, weight: { version: '4', percent: 20 }, revisionId }, { isMovedByHand }],
  [
    'the version of its weight',
    { ...found, weight: { version: '5', percent: 10 }, revisionId },
    { isMovedByHand },
  ],
  ['traffic and record, as by a release', { ...found, version: '4', description: 'done', revisionId }, {}],
])('an alias that changed in %s', (_, now, expected) => {
  const questions = { isSameTraffic, isSameAlias, isMovedByHand, isUntouched }
  const answered = Object.entries(questions).flatMap(([name, ask]) => (ask(found, now) ? [name] : []))
  expect(answered.toSorted()).toEqual(Object.keys(expected).toSorted())
})
