import { expect, test } from 'vitest'
import { dotenvText } from '../../../src/cli/pipelines/gitlab/dotenv.ts'

test('the report has the function that went worst, a variable on each line', () => {
  expect(
    dotenvText([
      { function: 'pay', outcome: 'released', version: '3', previous: '2', release: 'abcd1234' },
      { function: 'mail', outcome: 'rolled-back', version: '7', previous: '8', release: 'efgh5678' },
    ]),
  ).toBe('RELEASE_OUTCOME=rolled-back\nRELEASE_VERSION=7\nRELEASE_PREVIOUS=8\nRELEASE_ID=efgh5678\n')
})

test('no value makes another variable, or code for a shell', () => {
  expect(
    dotenvText([{ function: 'pay', outcome: 'failed', version: '$LATEST', release: 'a\nPATH=$(id) ' }]),
  ).toBe('RELEASE_OUTCOME=failed\nRELEASE_VERSION=LATEST\nRELEASE_PREVIOUS=\nRELEASE_ID=aPATHid\n')
})
