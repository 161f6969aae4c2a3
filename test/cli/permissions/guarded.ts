import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Policy } from '../../../src/operation/permissions/policy.ts'
import { openAccount } from '../../../src/sandbox/account.ts'
import { createClock } from '../../../src/sandbox/clock.ts'
import { type Closers, closeAll } from '../../../src/sandbox/closers.ts'
import { createFaults, type Faults } from '../../../src/sandbox/faults/faults.ts'
import { prefixOf } from '../../../src/sandbox/faults/request-faults.ts'
import { statementsOf } from '../../../src/sandbox/iam/policy/document.ts'
import { evaluate } from '../../../src/sandbox/iam/policy/evaluate.ts'
import type { Operation, Service } from '../../../src/sandbox/protocol/service.ts'
import { ServiceError } from '../../../src/sandbox/protocol/service-error.ts'
import { temporaryState } from '../../../src/sandbox/state/claim.ts'
import { serve } from '../../sandbox/serve.ts'
import { TestSandbox } from '../sandbox.ts'
import { type Required, requiredFor } from './required.ts'

/** A sandbox that checks requests against a policy, as AWS does, and records what they needed. */
export interface Guarded {
  sandbox: TestSandbox
  /** Runs work whose requests have this policy alone. @returns the permissions that its requests needed */
  with(policy: Policy, work: () => Promise<unknown>): Promise<Required[]>
  /** Waits until an operation was called so often from now on. */
  calls(operation: string, times: number): Promise<void>
  /** Failures on demand. */
  faults: Pick<Faults, 'add' | 'clear'>
}

/** Starts a guarded sandbox for a file. Outside of `with` everything is allowed, and nothing is recorded. */
export function useGuardedSandbox(): () => Guarded {
  let guarded: Guarded | undefined
  const closers: Closers = []
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lambdactl-guarded-'))
    closers.push(() => rm(directory, { recursive: true, force: true }))
    const owner = { account: '000000000000', accessKey: 'test' }
    const clock = createClock(1)
    const faults = createFaults({
      clock: clock.now,
      operations: () => ['s3:CompleteMultipartUpload', 'logs:GetQueryResults'],
    })
    const { keeper, kept } = temporaryState(directory, closers)
    let url = ''
    const account = openAccount({
      owner,
      clock,
      faults,
      directory,
      endpoint: () => url || undefined,
      runtimeSdks: undefined,
    })
    keeper.restore([clock.kept, ...account.persistent])
    const guard = new Guard()
    const services = account.services.map((service) => guard.guarded(service))
    const served = await serve(services, owner.account, {
      clock,
      faults,
      kept,
      findSession: account.findSession,
    })
    url = served.endpoint
    account.resume()
    closers.push(
      () => account.close(),
      () => served.close(),
    )
    guarded = {
      sandbox: new TestSandbox(url),
      with: (policy, work) => guard.with(policy, work),
      calls: (operation, times) => guard.calls(operation, times),
      faults,
    }
  })
  afterAll(async () => {
    await closeAll(closers)
  })
  return () => {
    if (!guarded) throw new Error('the sandbox is started by beforeAll')
    return guarded
  }
}

class Guard {
  #policy: Policy | undefined
  #needed: Required[] = []
  #heard: (operation: string) => void = () => undefined

  async with(policy: Policy, work: () => Promise<unknown>): Promise<Required[]> {
    this.#policy = policy
    this.#needed = []
    try {
      await work()
    } finally {
      this.#policy = undefined
    }
    return this.#needed
  }

  calls(operation: string, times: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    let left = times
    this.#heard = (name) => {
      if (name === operation) left -= 1
      if (left === 0) resolve()
    }
    return promise
  }

  guarded(service: Service): Service {
    const { signingName, deferred } = service
    const load = async () => {
      const loaded = await deferred?.load()
      return {
        schemas: service.schemas,
        ...loaded,
        operations: this.#watched(signingName, loaded?.operations ?? {}),
      }
    }
    return {
      ...service,
      operations: this.#watched(signingName, service.operations),
      ...(deferred && { deferred: { ...deferred, load } }),
    }
  }

  #watched(signingName: string, all: Service['operations']): Service['operations'] {
    const operations = Object.entries(all).map(([name, operation]) => [
      name,
      ((input, call) => {
        this.#require({ service: prefixOf(signingName), operation: name, input })
        this.#heard(name)
        return operation(input, call)
      }) satisfies Operation<never, object>,
    ])
    return Object.fromEntries(operations) as Service['operations']
  }

  #require(asked: Parameters<typeof requiredFor>[0]): void {
    if (!this.#policy || isByTest(asked)) return
    const policy = { id: 'printed', statements: statementsOf(JSON.stringify(this.#policy)) }
    for (const required of requiredFor(asked)) {
      this.#needed.push(required)
      const { action, resource } = required
      if (evaluate([policy], required).decision === 'allowed') continue
      const code =
        asked.service === 's3' || asked.service === 'cloudwatch' ? 'AccessDenied' : 'AccessDeniedException'
      throw new ServiceError(
        code,
        403,
        `User: arn:aws:iam::000000000000:user/test is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      )
    }
  }
}

/** A test sets the state of an alarm while a command runs; commands name lambdactl as the reason. */
function isByTest({ operation, input }: { operation: string; input: object }): boolean {
  return (
    operation === 'SetAlarmState' && !('StateReason' in input && /lambdactl/.test(String(input.StateReason)))
  )
}
