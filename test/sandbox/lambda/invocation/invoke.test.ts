import {
  CreateAliasCommand,
  InvokeCommand,
  type InvokeCommandInput,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { arnOf, createActive, fault, publishVersions, startLambda } from '../sandbox.ts'

async function invoke(client: LambdaClient, input: Partial<InvokeCommandInput> = {}) {
  const answer = await client.send(new InvokeCommand({ FunctionName: 'shop', ...input }))
  return { ...answer, text: answer.Payload?.transformToString() }
}

describe('Invoke', () => {
  test('answers the payload and the executed version', async () => {
    const { client, executor, codeDirectory } = await startLambda()
    await createActive(client, 'shop')
    const answer = await invoke(client, { Payload: '{"id":1}' })
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
    expect(JSON.parse(answer.text ?? '')).toEqual({ version: '$LATEST', event: { id: 1 } })
    expect(answer.FunctionError).toBeUndefined()
    expect(answer.LogResult).toBeUndefined()
    expect(executor.invocations[0]?.invocation).toMatchObject({
      requestId: answer.$metadata.requestId,
      invokedArn: arnOf('shop'),
      qualifier: undefined,
    })
    expect(executor.invocations[0]?.target.codeDirectory).toMatch(
      new RegExp(`^${codeDirectory}/[0-9a-f]{64}$`),
    )
  })

  test('of an alias runs its version, and names the alias to the function', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 1)
    await client.send(new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }))
    const ClientContext = Buffer.from('{}').toString('base64')
    expect(await invoke(client, { Qualifier: 'live', ClientContext })).toMatchObject({ ExecutedVersion: '1' })
    expect(executor.invocations[0]?.invocation).toMatchObject({
      invokedArn: `${arnOf('shop')}:live`,
      qualifier: 'live',
      clientContext: ClientContext,
    })
    expect(executor.invocations[0]?.target.configuration).toMatchObject({
      Version: '1',
      FunctionArn: arnOf('shop'),
    })
  })

  test('of a weighted alias goes to the additional version for that share of the draws', async () => {
    const draws = [0, 0.09, 0.1, 0.5, 0.99]
    let drawn = 0
    const { client } = await startLambda({ random: () => draws[drawn++ % draws.length] ?? 0 })
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 2)
    await client.send(
      new CreateAliasCommand({
        FunctionName: 'shop',
        Name: 'live',
        FunctionVersion: '1',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      }),
    )
    const executed: (string | undefined)[] = []
    while (executed.length < draws.length)
      executed.push((await invoke(client, { FunctionName: 'shop:live' })).ExecutedVersion)
    expect(executed).toEqual(['2', '2', '1', '1', '1'])
  })

  test.each([
    [0, '1'],
    [1, '2'],
  ])('of an alias with the weight %d always goes to version %s', async (weight, version) => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 2)
    const route = { FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }
    await client.send(new CreateAliasCommand(route))
    await client.send(
      new UpdateAliasCommand({ ...route, RoutingConfig: { AdditionalVersionWeights: { 2: weight } } }),
    )
    for (let count = 0; count < 20; count += 1) {
      expect((await invoke(client, { Qualifier: 'live' })).ExecutedVersion).toBe(version)
    }
  })

  test('tells a function error with status 200', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    executor.answer = () => ({
      payload: Buffer.from('{"errorMessage":"no"}'),
      functionError: 'Unhandled',
      logTail: '',
    })
    expect(await invoke(client)).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' })
  })

  test('gives the end of the log in base64 where LogType is Tail', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const { LogResult } = await invoke(client, { LogType: 'Tail' })
    expect(Buffer.from(LogResult ?? '', 'base64').toString()).toBe('START\nEND\n')
  })

  test('as a dry run answers 204 and runs nothing', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    expect(await invoke(client, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 })
    expect(executor.invocations).toEqual([])
  })

  test('of an empty body hands the function an empty object', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    expect(JSON.parse((await invoke(client)).text ?? '')).toMatchObject({ event: {} })
  })

  test('refuses a body that is no JSON, and one that is too large', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(invoke(client, { Payload: '{' })).rejects.toMatchObject(
      fault(
        'InvalidRequestContentException',
        400,
        /^Could not parse request body into json: Could not parse payload into json: /,
      ),
    )
    await expect(invoke(client, { Payload: `"${'x'.repeat(6_291_455)}"` })).rejects.toMatchObject(
      fault(
        'RequestTooLargeException',
        413,
        'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
      ),
    )
  })

  const place = (column: number) =>
    `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${column}]`
  const value = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

  test.each([
    ['hello', `Unrecognized token 'hello': was expecting ${value}${place(6)}`],
    ['<a>', `Unexpected character ('<' (code 60)): expected a valid value ${value}${place(1)}`],
    ['\u0001', `Unexpected character ((CTRL-CHAR, code 1)): expected a valid value ${value}${place(1)}`],
    ['ä', `Invalid UTF-8 start byte 0xa4${place(3)}`],
    [
      Buffer.from([0x91]),
      `Unexpected character ((CTRL-CHAR, code 145)): expected a valid value ${value}${place(1)}`,
    ],
    [Buffer.from([0x6e, 0x87, 0x72]), `Invalid UTF-8 start byte 0x87${place(3)}`],
  ])('tells what is wrong with the body %j', async (Payload, words) => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const message = `Could not parse request body into json: Could not parse payload into json: ${words}`
    await expect(invoke(client, { Payload })).rejects.toMatchObject({ message })
  })

  test.each(['no base64!', 'bnVsbA==', 'W10='])(
    'refuses the client context %s, which is no JSON object in base64',
    async (ClientContext) => {
      const { client } = await startLambda()
      await createActive(client, 'shop')
      await expect(invoke(client, { ClientContext })).rejects.toMatchObject(
        fault(
          'InvalidRequestContentException',
          400,
          'Client context must be a valid Base64-encoded JSON object.',
        ),
      )
    },
  )

  test('at the reserved limit is 429 with the reason', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'shop', ReservedConcurrentExecutions: 0 }),
    )
    await expect(invoke(client)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    })
  })

  test('of a function, version or alias that is not there is not found', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const code = 'ResourceNotFoundException'
    await expect(invoke(client, { FunctionName: 'some' })).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('some')}:$LATEST`),
    )
    await expect(invoke(client, { Qualifier: '3' })).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('shop')}:3`),
    )
    await expect(invoke(client, { Qualifier: 'live' })).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('shop')}:live`),
    )
  })

  test('refuses an unknown invocation type', async () => {
    const { client } = await startLambda()
    await expect(invoke(client, { InvocationType: 'Later' as never })).rejects.toMatchObject(
      fault(
        'ValidationException',
        400,
        /'invocationType' failed to satisfy constraint: Member must satisfy enum value set/,
      ),
    )
  })
})
