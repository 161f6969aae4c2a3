import { expect, test } from 'vitest'
import type { Permitted } from '../../../src/operation/permissions/facts.ts'
import type { Wanted } from '../../../src/operation/permissions/policy.ts'
import { type Answer, questionsOf, simulatedBy } from '../../../src/operation/permissions/simulation.ts'

const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' }
const fn = (lambdaName: string, more: Partial<Permitted> = {}): Permitted => ({
  lambdaName,
  manages: 'function',
  logGroup: `/aws/lambda/${lambdaName}`,
  fields: new Set(),
  ...more,
})
const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`

/** The answers of an IAM that refuses some calls. */
function answered(
  wanted: Wanted,
  refuses: (action: string, resource: string) => boolean,
  lacking: readonly string[] = [],
): Answer[] {
  return questionsOf(wanted).flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      resources.map((resource) => {
        const isAllowed = !refuses(action, resource)
        return { action, resource, isAllowed, lacking: isAllowed ? [] : lacking }
      }),
    ),
  )
}

test('questions have the facts of their requests, and few resources each', () => {
  const functions = Array.from({ length: 60 }, (_, index) => fn(`f${index}`))
  const questions = questionsOf({ place, functions, verbs: ['rollback'] })
  expect(Math.max(...questions.map(({ resources }) => resources.length))).toBe(50)
  const role = 'arn:aws:iam::123456789012:role/app'
  const releasing = questionsOf({ place, functions: [fn('pay', { role })], verbs: ['deploy'] })
  expect(releasing.find(({ actions }) => actions.includes('iam:PassRole'))).toEqual({
    actions: ['iam:PassRole'],
    resources: [role],
    facts: {
      'aws:RequestedRegion': 'eu-west-1',
      'aws:SecureTransport': 'true',
      'iam:PassedToService': 'lambda.amazonaws.com',
    },
  })
  expect(releasing.flatMap(({ resources }) => resources)).toContain(
    'arn:aws:logs:eu-west-1:123456789012:log-group:/lambdactl/releases:log-stream:*',
  )
})

test('commands that lack the same permissions are told together', () => {
  const wanted: Wanted = { place, functions: [fn('pay')], verbs: ['rollback', 'status', 'invoke'] }
  const { refusals, mayChange } = simulatedBy(
    wanted,
    answered(wanted, (action) => ['lambda:GetFunction', 'lambda:ListTags'].includes(action)),
  )
  expect(refusals).toEqual([
    { verbs: ['rollback', 'status'], actions: ['lambda:GetFunction', 'lambda:ListTags'] },
  ])
  expect(mayChange).toBe(true)
  expect(
    simulatedBy(
      wanted,
      answered(wanted, () => false),
    ).refusals,
  ).toEqual([])
})

test('an action that is refused on some functions is told with them', () => {
  const wanted: Wanted = { place, functions: [fn('pay'), fn('ship')], verbs: ['rollback'] }
  const answers = answered(wanted, (action, on) => action === 'lambda:UpdateAlias' && on === arn('ship'))
  expect(simulatedBy(wanted, answers).refusals).toEqual([
    { verbs: ['rollback'], actions: [`lambda:UpdateAlias on ${arn('ship')}`] },
  ])
})

test('a permission under a condition that nobody knows is no refusal', () => {
  const wanted: Wanted = { place, functions: [fn('pay')], verbs: ['rollback'] }
  const answers = answered(wanted, (action) => action === 'lambda:UpdateAlias', ['aws:SourceIp'])
  expect(simulatedBy(wanted, answers)).toMatchObject({
    refusals: [],
    conditional: { keys: ['aws:SourceIp'], actions: ['lambda:UpdateAlias'] },
  })
})

test('a caller that may only read changes nothing', () => {
  const wanted: Wanted = { place, functions: [fn('pay')], verbs: ['rollback', 'logs query', 'invoke'] }
  const isRead = (action: string) => /:(?:Get|List|Filter|Start|Stop)/.test(action)
  expect(
    simulatedBy(
      wanted,
      answered(wanted, (action) => !isRead(action)),
    ).mayChange,
  ).toBe(false)
})
