import { InvokeCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { expectExit, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('of two deploys at once one wins, the other exits 5 or has nothing to deploy, and the alias is right', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const both = [start(['deploy', '-e', 'test'], place), start(['deploy', '-e', 'test'], place)]
  const finished = await Promise.all(both.map(({ ended }) => ended))
  const winners = finished.filter(({ stdout }) => stdout.includes('has 100% of live'))
  expect(winners).toHaveLength(1)
  for (const one of finished) {
    const done = winners.includes(one) || one.stdout.includes('nothing to deploy')
    expectExit(one, done ? 0 : 5)
  }
  const { version, description } = await sandbox().alias(service.lambdaName)
  expect(winners[0]?.stdout).toBe(`hello: version ${version} has 100% of live (before: 1)\n`)
  expect(description).toContain(`| done 0/0 | candidate ${version} | held ${version} 1 |`)
  const request = new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live', Payload: '{}' })
  const { Payload } = await sandbox().lambda.send(request)
  expect(Payload?.transformToString()).toContain('two')
})

test('somebody who moves the alias during a step keeps their change: exit 5', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = start(['canary', 'hello', '-e', 'test', '--every', '60s', '--alarm', alarm], place)
  await canary.says(/\(step 1 of 2\)/)
  await sandbox().lambda.send(
    new UpdateAliasCommand({
      FunctionName: service.lambdaName,
      Name: 'live',
      FunctionVersion: '2',
      Description: 'mine now',
      RoutingConfig: { AdditionalVersionWeights: { '1': 0.25 } },
    }),
  )
  const ended = await canary.ended
  expectExit(ended, 5)
  expect(ended.stderr).toContain('did not change the alias')
  const theirs = { version: '2', weights: { '1': 0.25 }, description: 'mine now' }
  expect(await sandbox().alias(service.lambdaName)).toEqual(theirs)
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toContain('something other than lambdactl replaced its Description')
  expect(status.stdout).toContain('lambdactl rollback hello --env test --to 1')
  const held = await runTo(5, ['deploy', '-e', 'test'], place)
  expect(held.stderr).toContain('is held by something other than lambdactl, with 25% on version 1')
  expect(await sandbox().alias(service.lambdaName)).toEqual(theirs)
})
