import { leastPolicy, type Policy } from '../../../src/operation/permissions/policy.ts'
import type { Verb } from '../../../src/operation/permissions/verbs.ts'
import { type Place, type Running, start } from '../cli.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'
import { factsOf } from './facts.ts'
import type { Guarded } from './guarded.ts'
import type { Ledger } from './ledger.ts'

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

  static async make(guarded: Guarded, ledger: Ledger, name: string): Promise<Shop> {
    const shop = new Shop(guarded, ledger, name, await temporaryFolder())
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
    const functions = await factsOf(this.place.cwd, 'test')
    const policy = other ?? leastPolicy({ place, functions, verbs: [verb] })
    const words = typeof more === 'string' ? more.split(' ').filter(Boolean) : more
    let said = ''
    const needed = await this.#guarded.with(policy, async () => {
      const running = start([...verb.split(' '), ...words], this.place)
      await during?.(running)
      const ended = await running.ended
      said = `${ended.stdout}\n${ended.stderr}`
      if (ended.exitCode === exit) return
      throw new Error(`${verb} ${words.join(' ')}: expected exit ${exit}, got ${ended.exitCode}:\n${said}`)
    })
    this.#ledger.note(verb, functions, needed)
    return said
  }
}
