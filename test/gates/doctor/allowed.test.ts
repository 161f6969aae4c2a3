import { expect, test } from 'vitest'
import { type AllowedCommands, allowedDiagnosis } from '../../../src/gates/doctor/machine/allowed.ts'

const found: AllowedCommands = {
  principal: 'arn:aws:iam::123456789012:role/ci',
  count: 40,
  refusals: [
    { verbs: ['deploy', 'rollback'], actions: ['lambda:UpdateAlias'] },
    { verbs: ['invoke'], actions: ['lambda:InvokeFunction'] },
  ],
  conditional: { keys: [], actions: [] },
  mayChange: true,
  releasing: ['deploy', 'rollback'],
}
const policy = (verbs: string) => `lambdactl iam policy --for ${verbs}`
const diagnosis = (more: Partial<AllowedCommands> = {}) => allowedDiagnosis({ ...found, ...more }, policy)

test('a caller that may release in part is warned, with the policy for the commands of releases', () => {
  expect(diagnosis()).toMatchObject({
    outcome: 'warn',
    detail: '3 of 40 commands would fail for a missing permission: deploy, rollback, invoke',
    mends: [{ text: 'lambdactl iam policy --for deploy,rollback' }],
    next: ['For deploy, rollback, allow lambda:UpdateAlias', 'For invoke, allow lambda:InvokeFunction'],
  })
})

test('a caller that only reads, or lacks only other commands, gets a note', () => {
  expect(diagnosis({ mayChange: false })).toMatchObject({
    outcome: 'note',
    detail: expect.stringMatching(
      /^arn:aws:iam::123456789012:role\/ci may change nothing; 3 of 40/,
    ) as string,
  })
  expect(diagnosis({ releasing: [] })).toMatchObject({
    outcome: 'note',
    mends: [{ text: 'lambdactl iam policy --for deploy,rollback,invoke' }],
  })
})

test('permissions under conditions are said as not checked, and a caller that lacks nothing passes', () => {
  expect(diagnosis({ refusals: [] }).outcome).toBe('pass')
  const conditional = { keys: ['aws:SourceIp'], actions: ['lambda:UpdateAlias'] }
  expect(diagnosis({ refusals: [], conditional })).toMatchObject({
    outcome: 'note',
    detail: expect.stringContaining('not checked: lambda:UpdateAlias, which depend on conditions') as string,
  })
})
