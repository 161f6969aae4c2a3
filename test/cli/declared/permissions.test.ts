import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { makeService, type Service } from '../service.ts'
import { here, mappings, statements } from './seen.ts'

const sandbox = useSandbox()
const deploy = (service: Service, exit = 0) => runTo(exit, ['deploy', '-e', 'test'], sandbox().place(service))
const pool = (name: string) => here('cognito-idp', `userpool/${name}`)

test('a permission is made on the alias, replaced by a new one, and taken away; others stay', async () => {
  const service = await makeService()
  const of = (name: string) =>
    service.writeField(
      `triggers: {users: {permission: cognito-idp.amazonaws.com, sourceArn: "${pool(name)}"}}`,
    )
  await of('one')
  await deploy(service)
  const first = await statements(sandbox(), service)
  expect(first).toMatchObject([
    {
      Sid: expect.stringMatching(/^lambdactl-permission-users-[0-9a-f]{8}$/) as string,
      Principal: { Service: 'cognito-idp.amazonaws.com' },
      Condition: {
        ArnLike: { 'AWS:SourceArn': pool('one') },
        StringEquals: { 'AWS:SourceAccount': '000000000000' },
      },
    },
  ])
  await sandbox().lambda.send(
    new AddPermissionCommand({
      FunctionName: service.lambdaName,
      Qualifier: 'live',
      StatementId: 'theirs',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
    }),
  )
  await of('two')
  await deploy(service)
  const second = await statements(sandbox(), service)
  expect(second.map(({ Condition }) => Condition?.['ArnLike']?.['AWS:SourceArn'])).toContain(pool('two'))
  expect(second).toHaveLength(2)
  expect(second.map(({ Sid }) => Sid)).not.toContain(first[0]?.Sid)
  await service.writeField('triggers: {}')
  await deploy(service)
  expect((await statements(sandbox(), service)).map(({ Sid }) => Sid)).toEqual(['theirs'])
  expect(await mappings(sandbox(), service)).toEqual({})
})
