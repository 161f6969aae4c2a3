import { expect, test } from 'vitest'
import { decisionsOf } from '../../../src/aws/iam/decisions.ts'

const resources = ['arn:aws:lambda:eu-west-1:1:function:a', 'arn:aws:lambda:eu-west-1:1:function:b']
const [a = '', b = ''] = resources
const EvalActionName = 'lambda:GetAlias'

test('a result for an action has a decision for each resource', () => {
  const result = {
    EvalActionName,
    EvalDecision: 'implicitDeny' as const,
    EvalResourceName: 'arn:aws:lambda:${Region}:${Account}:function:${FunctionName}',
    ResourceSpecificResults: [
      { EvalResourceName: a, EvalResourceDecision: 'allowed' as const },
      { EvalResourceName: b, EvalResourceDecision: 'explicitDeny' as const, MissingContextValues: ['aws:x'] },
    ],
  }
  expect(decisionsOf(result, resources)).toEqual([
    { action: EvalActionName, resource: a, isAllowed: true, lacking: [] },
    { action: EvalActionName, resource: b, isAllowed: false, lacking: ['aws:x'] },
  ])
})

test('a result for a pair, and one without resources, are read as well', () => {
  const pair = { EvalActionName, EvalDecision: 'allowed' as const, EvalResourceName: b }
  expect(decisionsOf(pair, resources)).toEqual([
    { action: EvalActionName, resource: b, isAllowed: true, lacking: [] },
  ])
  const whole = { EvalActionName, EvalDecision: 'implicitDeny' as const, MissingContextValues: ['aws:x'] }
  expect(decisionsOf(whole, ['*'])).toEqual([
    { action: EvalActionName, resource: '*', isAllowed: false, lacking: ['aws:x'] },
  ])
})
