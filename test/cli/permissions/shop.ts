import type { Permitted } from '../../../src/operation/permissions/facts.ts'
import { leastPolicy, type Policy } from '../../../src/operation/permissions/policy.ts'
import type { Verb } from '../../../src/operation/permissions/verbs.ts'
import { type Place, type Running, start } from '../cli.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'
import { factsOf } from './facts.ts'
import type { Guarded } from './guarded.ts'
import type { Ledger } from './ledger.ts'
import type { Required } from './required.ts'

const place = { partition: 'aws', region: 'eu-west-1', account: '000000000000' }
export const role = 'arn:aws:iam::000000000000:role/app'

/** The fields of a function that is packed as it is. */
export const plainFunction = `source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, role: "${role}"`

/** How a run ends, and what happens during it. */
interface Course {
  /** Null: by a signal. Default: 0. */
  exit?: number | null
  during?: (running: Running) => Promise<unknown>
}

/** A run that has ended. */
export interface Tried {
  /** Null: by a signal. */
  exitCode: number | null
  /** Both outputs. */
  said: string
  needed: readonly Required[]
}

/** A service whose commands have only the permissions that the policy for each of them gives. */
export class Shop {
  readonly name: string
  readonly place: Place
  readonly #guarded: Guarded
  readonly #ledger: Ledger

  private constructor(guarded: Guarded, ledger: Ledger, name: string, folder: string) {
    this.name = name
    this.#guarded = guarded
    this.#ledger = ledger
    this.place = guarded.sandbox.place({ folder })
  }

  /** @param folder its own; by default one that is removed after the test */
  static async make(guarded: Guarded, ledger: Ledger, name: string, folder?: string): Promise<Shop> {
    const shop = new Shop(guarded, ledger, name, folder ?? (await temporaryFolder()))
    await shop.writeHandler('one')
    return shop
  }

  get lambdaName(): string {
    return `${this.name}-hello-test`
  }

  /** @param fields in YAML's flow style */
  write(fields: string, more = ''): Promise<void> {
    return writeFiles(this.place.cwd, {
      'lambdactl.yaml': `service: ${this.name}
functions:
  hello: {${fields}}
environments:
  test: {region: eu-west-1, account: "000000000000"}
${more}`,
    })
  }

  writeHandler(text: string): Promise<void> {
    return writeFiles(this.place.cwd, { 'hello/index.mjs': answering(text) })
  }

  /** Runs a command under the policy for it alone, or under another one. @returns its output */
  async runs(
    verb: Verb,
    more: string | readonly string[] = '',
    { exit = 0, during }: Course = {},
    other?: Policy,
  ): Promise<string> {
    const functions = await this.functions()
    const policy = other ?? this.policyFor(verb, functions)
    const { exitCode, said, needed } = await this.tries(
      policy,
      [...verb.split(' '), ...wordsOf(more)],
      during,
    )
    this.#ledger.note(verb, functions, needed)
    if (exitCode === exit) return said
    const line = [verb, ...wordsOf(more)].join(' ')
    throw new Error(`${line}: expected exit ${exit}, got ${exitCode}:\n${said}`)
  }

  /** Runs a command under a policy, however it ends. */
  async tries(policy: Policy, args: readonly string[], during?: Course['during']): Promise<Tried> {
    let ended = { exitCode: null as number | null, stdout: '', stderr: '' }
    const needed = await this.#guarded.with(policy, async () => {
      const running = start(args, this.place)
      await during?.(running)
      ended = await running.ended
    })
    return { exitCode: ended.exitCode, said: `${ended.stdout}\n${ended.stderr}`, needed }
  }

  functions(): Promise<Permitted[]> {
    return factsOf(this.place.cwd, 'test')
  }

  policyFor(verb: Verb, functions: readonly Permitted[]): Policy {
    return leastPolicy({ place, functions, verbs: [verb] })
  }
}

function wordsOf(more: string | readonly string[]): readonly string[] {
  return typeof more === 'string' ? more.split(' ').filter(Boolean) : more
}
