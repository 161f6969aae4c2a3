import { expect, test } from 'vitest'
import { tokenBucket } from '../../../src/aws/client/token-bucket.ts'
import type { PublishedVersion } from '../../../src/ports/functions.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import type { Run } from '../../../src/workflows/run/run.ts'
import { carryOutPrune, preparePrune } from '../../../src/workflows/versions/prune-versions.ts'
import { awsError } from '../calls.ts'
import { fakeClock } from '../fake-clock.ts'
import { start, target, world } from '../world.ts'

/** A function of many versions, in an account that throttles as AWS does. */
class Versioned {
  readonly world = world()
  readonly clock = fakeClock(start)
  readonly calls: Record<string, number> = {}
  readonly alias: AliasState
  readonly policies = new Set<string>()
  readonly provisioned: string[] = []
  /** Versions with a running durable execution; undefined: the function is not durable. */
  executing: string[] | undefined
  /** Called before each deletion. */
  onDelete: (version: string) => void = () => undefined
  private readonly existing: Set<string>
  private readonly control = tokenBucket(15, this.clock)
  private readonly policyReads = tokenBucket(15, this.clock)
  private readonly times: number[] = []
  private readonly controller = new AbortController()

  constructor(count: number) {
    this.existing = new Set(Array.from({ length: count }, (_, index) => String(index + 1)))
    this.alias = { name: 'live', version: String(count), description: '', revisionId: '1' }
  }

  interrupt(): void {
    this.controller.abort()
  }

  get left(): string[] {
    return [...this.existing]
  }

  /** 15 a second, after a burst of one second's calls. */
  private async call<Answer>(name: string, answer: () => Answer): Promise<Answer> {
    await this.control.take()
    this.times.push(this.clock.now())
    const [oldest = 0] = this.times.slice(-31)
    if (this.times.length > 30 && this.clock.now() - oldest < 999) throw awsError('AWS_UNAVAILABLE')
    this.calls[name] = (this.calls[name] ?? 0) + 1
    return answer()
  }

  get run(): Run {
    const { run } = this.world
    const { aws } = run
    return {
      ...run,
      clock: this.clock,
      signal: this.controller.signal,
      aws: {
        ...aws,
        functions: {
          ...aws.functions,
          get: async () => ({ settings: { durable: this.executing ? {} : null } }) as never,
          versions: () => this.call('list', () => this.left.map(published).toReversed()),
        },
        aliases: { ...aws.aliases, list: () => this.call('aliases', () => [{ ...this.alias }]) },
        concurrency: {
          ...aws.concurrency,
          provisioned: () =>
            this.call('provisioned', () => this.provisioned.map((qualifier) => ({ qualifier }) as never)),
        },
        versions: {
          mapped: () => this.call('mapped', () => []),
          executing: () => this.call('executing', () => this.executing ?? []),
          codeStorage: () =>
            this.call('storage', () => ({ bytes: this.existing.size * 1000, limitBytes: 1e9 })),
          hasPolicy: async (_, version) => {
            await this.policyReads.take()
            this.calls['policy'] = (this.calls['policy'] ?? 0) + 1
            return this.policies.has(version)
          },
          delete: (_, version) =>
            this.call('delete', () => {
              this.onDelete(version)
              if (version === this.alias.version) throw awsError('CONFLICT')
              this.existing.delete(version)
            }),
        },
      },
    }
  }

  async prune(): Promise<Awaited<ReturnType<typeof carryOutPrune>>> {
    const { run } = this
    const prepared = await preparePrune(run, [target], { keep: 2 }, () => undefined)
    return carryOutPrune(run, prepared, () => undefined)
  }
}

function published(version: string): PublishedVersion {
  return { version, description: '', codeSha256: '', bytes: 1000, published: new Date(start).toISOString() }
}

test('10,000 versions go under the budget, most of it for deletions', async () => {
  const aws = new Versioned(10_000)
  const { functions, codeStorage } = await aws.prune()
  expect(functions[0]?.done?.failed).toEqual([])
  expect(aws.left).toEqual(['9999', '10000'])
  expect(codeStorage).toEqual({ before: 10_000_000, after: 2000, limit: 1e9 })
  const { delete: deletions = 0, policy = 0, ...others } = aws.calls
  expect([deletions, policy]).toEqual([9998, 2 * 9998])
  const rest = Object.values(others).reduce((sum, count) => sum + count, 0)
  expect(rest).toBeLessThan(deletions / 2)
})

test('a version that somebody begins to use during the prune is spared, and the others go', async () => {
  const aws = new Versioned(40)
  aws.onDelete = (version) => {
    if (version === '1') {
      aws.policies.add('12')
      aws.provisioned.push('38')
    }
    // After its uses were read: Lambda refuses.
    if (version === '5') aws.alias.version = '5'
  }
  const { functions } = await aws.prune()
  const { spared = [], failed, deleted = [] } = functions[0]?.done ?? {}
  expect(spared.map(({ version, because }) => [version, because[0]?.kind])).toEqual([
    ['5', 'alias'],
    ['12', 'policy'],
    ['38', 'provisioned'],
  ])
  expect(failed).toEqual([])
  expect(deleted).toHaveLength(35)
  expect(aws.left).toEqual(['5', '12', '38', '39', '40'])
})

test('only the executions of a durable function are read, and their versions stay', async () => {
  const plain = new Versioned(9)
  await plain.prune()
  expect(plain.calls).not.toHaveProperty('executing')
  const durable = new Versioned(9)
  durable.executing = ['4', '$LATEST']
  await durable.prune()
  expect(durable.left).toEqual(['4', '8', '9'])
})

test('a prune is on record before its first deletion, and with its figures after its last', async () => {
  const aws = new Versioned(40)
  const kinds = () => aws.world.journal.map(({ entry }) => entry['kind'])
  aws.onDelete = (version) => {
    expect(kinds()).toEqual(['pruning'])
    if (version === '7') throw awsError('AWS_REFUSED')
  }
  await aws.prune()
  const [first, last] = aws.world.journal.map(({ entry }) => entry)
  expect(first).toMatchObject({ versions: 38, bytes: 38_000, by: 'arn:aws:iam::123456789012:user/ada' })
  expect(last).toMatchObject({ kind: 'pruned', began: first?.time, versions: 37, bytes: 37_000, failed: 1 })
  await new Versioned(2).prune()
  expect(kinds()).toHaveLength(2)
})

test('one failure is told, and the rest goes on', async () => {
  const aws = new Versioned(40)
  aws.onDelete = (version) => {
    if (version === '7') throw awsError('AWS_REFUSED', 'It is a replicated function.')
  }
  const { functions } = await aws.prune()
  const { failed = [], left } = functions[0]?.done ?? {}
  expect(failed).toMatchObject([
    { version: '7', code: 'AWS_REFUSED', message: 'It is a replicated function.' },
  ])
  expect(left).toEqual([])
  expect(aws.left).toEqual(['7', '39', '40'])
})

test('failures that do not end stop it, and name the versions that were not tried', async () => {
  const aws = new Versioned(100)
  aws.onDelete = () => {
    throw awsError('NOT_PERMITTED')
  }
  const { functions } = await aws.prune()
  const { deleted, failed = [], left = [] } = functions[0]?.done ?? {}
  expect(deleted).toEqual([])
  expect(failed.length).toBeLessThan(30)
  expect(failed.length + left.length).toBe(98)
})

test('an interrupt stops it; deleted and left versions are told apart', async () => {
  const aws = new Versioned(100)
  aws.onDelete = (version) => {
    if (version === '10') aws.interrupt()
  }
  const { functions } = await aws.prune()
  const { deleted = [], left = [], failed } = functions[0]?.done ?? {}
  expect(failed).toEqual([])
  expect(deleted).toContain('10')
  expect(deleted.length).toBeLessThan(20)
  expect(aws.left).toEqual([...left, '99', '100'].toSorted((one, other) => Number(one) - Number(other)))
})
