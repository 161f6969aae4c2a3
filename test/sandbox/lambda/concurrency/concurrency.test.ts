import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { createActive, fault, startLambda } from '../sandbox.ts'

const put = (name: string, count: number) =>
  new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: count })

describe('reserved concurrency', () => {
  test('is put, read and deleted, and the executor is told', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    const read = () => client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'shop' }))
    expect((await read()).ReservedConcurrentExecutions).toBeUndefined()
    expect((await client.send(put('shop', 5))).ReservedConcurrentExecutions).toBe(5)
    expect((await read()).ReservedConcurrentExecutions).toBe(5)
    const { Concurrency } = await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))
    expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 5 })
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'shop' }))
    expect((await read()).ReservedConcurrentExecutions).toBeUndefined()
    expect(executor.calls).toEqual(['reserve shop 5', 'reserve shop undefined'])
  })

  test('leaves the account 100 unreserved, crediting the function with its own', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await createActive(client, 'mail')
    await client.send(put('shop', 900))
    await client.send(put('shop', 890))
    await client.send(put('mail', 10))
    await expect(client.send(put('mail', 11))).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      ),
    )
  })

  test('is of a function, not of a version or an alias', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(client.send(put('shop:1', 1))).rejects.toMatchObject(
      fault('InvalidParameterValueException', 400, /^This operation is permitted on Lambda functions only\./),
    )
  })

  test('shows in the account settings', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(put('shop', 300))
    const { AccountLimit, AccountUsage } = await client.send(new GetAccountSettingsCommand({}))
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 700 })
    expect(AccountUsage?.FunctionCount).toBe(1)
    expect(AccountUsage?.TotalCodeSize).toBeGreaterThan(0)
  })
})
