import { expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import type { AskedCalls, Simulation } from '../../../src/ports/iam/simulation.ts'
import { allowedCheck } from '../../../src/workflows/doctor/allowed-check.ts'
import type { Patient } from '../../../src/workflows/doctor/examined.ts'
import type { Run } from '../../../src/workflows/run/run.ts'
import { target, world } from '../world.ts'

const patient = {
  target,
  permitted: () => ({
    lambdaName: target.lambdaName,
    manages: 'code',
    logGroup: `/aws/lambda/${target.lambdaName}`,
    fields: new Set(),
  }),
} as unknown as Patient

const allowed = (_: string, { actions, resources }: AskedCalls) =>
  actions.flatMap((action) =>
    resources.map((resource) => ({ action, resource, isAllowed: true, lacking: [] })),
  )

function runWith(simulation: Partial<Simulation>): Run {
  const { run } = world()
  return { ...run, aws: { ...run.aws, simulation: { ...run.aws.simulation, ...simulation } } }
}

const check = (simulation: Partial<Simulation>) => allowedCheck(runWith(simulation), 'eu-west-1', [patient])

test('actions that IAM refuses together are asked one by one', async () => {
  const asked: number[] = []
  const decide = async (principal: string, question: AskedCalls) => {
    asked.push(question.actions.length)
    if (question.actions.length > 1) throw new LambdactlError('AWS_REFUSED', 'different information')
    return allowed(principal, question)
  }
  expect(await check({ decide })).toMatchObject({ outcome: 'pass' })
  expect(asked.filter((count) => count === 1).length).toBeGreaterThan(
    asked.filter((count) => count > 1).length,
  )
})

test('a caller that may not simulate, or has no policies, is told as not checked', async () => {
  const decide = () => Promise.reject(new LambdactlError('NOT_PERMITTED', 'no'))
  expect(await check({ decide })).toMatchObject({
    outcome: 'note',
    detail: expect.stringMatching(
      /^not checked: it needs iam:SimulatePrincipalPolicy on arn:.*:user\/ada/,
    ) as string,
  })
  const principalOf = () => Promise.resolve(undefined)
  expect(await check({ principalOf })).toMatchObject({ outcome: 'note' })
})
