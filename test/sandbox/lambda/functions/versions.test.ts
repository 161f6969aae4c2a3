import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { arnOf, createActive, fault, publishVersions, revisionOf, settled, startLambda } from '../sandbox.ts'
import { handlerZip } from '../zip.ts'

const publish = (overrides: object = {}) => new PublishVersionCommand({ FunctionName: 'shop', ...overrides })

describe('PublishVersion', () => {
  test('makes version 1 of $LATEST, Active at once, with a description of its own', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop', { Description: 'the shop' })
    const version = await client.send(publish({ Description: 'first' }))
    expect(version).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      Version: '1',
      FunctionArn: `${arnOf('shop')}:1`,
      Description: 'first',
      State: 'Active',
      LastUpdateStatus: 'Successful',
    })
    const latest = await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))
    expect(latest.Configuration?.Description).toBe('the shop')
  })

  test('takes the description of $LATEST where none is given', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop', { Description: 'the shop' })
    expect((await client.send(publish())).Description).toBe('the shop')
  })

  test('of an unchanged $LATEST answers the existing version with 201 and ignores the description', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(publish({ Description: 'first' }))
    const again = await client.send(publish({ Description: 'second' }))
    expect(again).toMatchObject({ $metadata: { httpStatusCode: 201 }, Version: '1', Description: 'first' })
  })

  test('makes a new version after a change of the description alone', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(publish())
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Description: 'new' }))
    await settled(client, 'shop')
    expect(await client.send(publish())).toMatchObject({ Version: '2', Description: 'new' })
  })

  test('makes no new version after the same package was uploaded again', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(publish())
    await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip() }))
    await settled(client, 'shop')
    expect(await client.send(publish())).toMatchObject({ Version: '1' })
  })

  test('gives $LATEST a new revision id; the version keeps its own', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const before = await revisionOf(client, 'shop')
    const { RevisionId } = await client.send(publish())
    expect(await revisionOf(client, 'shop')).not.toBe(before)
    await settled(client, 'shop:1')
    await publishVersions(client, 'shop', 1)
    expect(await revisionOf(client, 'shop', '1')).toBe(RevisionId)
  })

  test('with a stale revision id is a failed precondition', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const RevisionId = await revisionOf(client, 'shop')
    await client.send(publish({ RevisionId }))
    await expect(client.send(publish({ RevisionId }))).rejects.toMatchObject(
      fault(
        'PreconditionFailedException',
        412,
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      ),
    )
  })

  test('with another CodeSha256 is an invalid parameter, not a failed precondition', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(client.send(publish({ CodeSha256: 'other' }))).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        /^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST \([\w+/]+=\)\. Please try again with the CodeSHA256 in \$LATEST\.$/,
      ),
    )
  })
})

describe('a version', () => {
  test('number is never used twice', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 2)
    await client.send(new DeleteFunctionCommand({ FunctionName: 'shop', Qualifier: '2' }))
    await publishVersions(client, 'shop', 1)
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'shop' }))
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '3'])
  })

  test('is listed in numeric order, page by page, without states', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 11)
    const seen: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await client.send(
        new ListVersionsByFunctionCommand({ FunctionName: 'shop', MaxItems: 4, Marker }),
      )
      expect(page.Versions?.length).toBe(4)
      expect(page.Versions?.[0]?.State).toBeUndefined()
      seen.push(...(page.Versions ?? []).map(({ FunctionArn }) => FunctionArn?.replace(arnOf('shop'), '')))
      Marker = page.NextMarker
    } while (Marker !== undefined)
    expect(seen).toEqual([':$LATEST', ...Array.from({ length: 11 }, (_, index) => `:${index + 1}`)])
  })

  test.each([
    { FunctionVersion: '1' },
    { FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } } },
  ])('that an alias references cannot be deleted: %j', async (route) => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 2)
    await client.send(new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', ...route }))
    await expect(
      client.send(new DeleteFunctionCommand({ FunctionName: 'shop', Qualifier: '1' })),
    ).rejects.toMatchObject(
      fault(
        'ResourceConflictException',
        409,
        'Unable to delete version because the following aliases reference it: [live]',
      ),
    )
    expect(executor.calls).not.toContain('retire shop 1')
  })

  test('that is deleted is gone, and its environments end', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 1)
    const answer = await client.send(new DeleteFunctionCommand({ FunctionName: 'shop:1' }))
    expect(answer.$metadata.httpStatusCode).toBe(204)
    expect(executor.calls).toContain('retire shop 1')
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'shop:1' }))).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, `Function not found: ${arnOf('shop')}:1`),
    )
  })
})

describe('DeleteFunction', () => {
  test('deletes the function with its versions and aliases', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await client.send(new DeleteFunctionCommand({ FunctionName: 'shop' }))
    expect(executor.calls).toContain('retire shop undefined')
    await expect(
      client.send(new DeleteFunctionCommand({ FunctionName: 'shop', Qualifier: '7' })),
    ).rejects.toMatchObject(fault('ResourceNotFoundException', 404, `Function not found: ${arnOf('shop')}`))
  })

  test('refuses $LATEST, and takes a version that is not there', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(
      client.send(new DeleteFunctionCommand({ FunctionName: 'shop', Qualifier: '$LATEST' })),
    ).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        '$LATEST version cannot be deleted without deleting the function.',
      ),
    )
    const answer = await client.send(new DeleteFunctionCommand({ FunctionName: 'shop', Qualifier: '7' }))
    expect(answer.$metadata.httpStatusCode).toBe(204)
  })
})
