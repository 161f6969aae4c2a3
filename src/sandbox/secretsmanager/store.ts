import { randomBytes } from 'node:crypto'
import { partitionOf } from '../../function/values/partition.ts'
import type { Call } from '../protocol/service.ts'
import { KeptMap } from '../state/kept-map.ts'
import { notFound, refusal } from './errors.ts'
import { current, type Secret } from './secret.ts'

/** A secret as sandboxes before versions kept it. */
interface OlderSecret {
  name: string
  arn: string
  text: string | undefined
  version: string
  created: number
}

/** The secrets by Region and name. */
export class SecretStore {
  readonly kept = new KeptMap<Secret | OlderSecret>('secret')
  readonly clock: () => number

  constructor(clock: () => number) {
    this.clock = clock
  }

  /**
   * Finds a secret by its name or its ARN, which may lack its six random characters at the end.
   *
   * @throws ServiceError 400 for a name that no secret can have
   */
  find(call: Call, id = ''): Secret | undefined {
    if (!id.startsWith('arn:')) checkName(id)
    const named = this.kept.get(`${call.region} ${id}`)
    const found = named ?? (id.startsWith('arn:') ? this.#byArn(id) : undefined)
    const secret = found && present(found)
    // A secret is gone when its time to be restored is over.
    if (secret?.gone === undefined || secret.gone > this.clock()) return secret
    this.remove(secret)
    return undefined
  }

  /** @throws ServiceError 400 */
  require(call: Call, id: string | undefined): Secret {
    const found = this.find(call, id)
    if (!found) throw notFound()
    return found
  }

  /** A secret that is not about to be deleted. @throws ServiceError 400 */
  requireLive(call: Call, id: string | undefined): Secret {
    const found = this.require(call, id)
    if (found.deleted === undefined) return found
    throw refusal(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    )
  }

  put(secret: Secret): void {
    this.kept.set(keyOf(secret), secret)
  }

  remove(secret: Secret): void {
    this.kept.delete(keyOf(secret))
  }

  /** All secrets of the call's Region. */
  all(call: Call): Secret[] {
    const start = `${call.region} `
    const names = [...this.kept.keys()].filter((key) => key.startsWith(start))
    return names.flatMap((key) => this.find(call, key.slice(start.length)) ?? [])
  }

  #byArn(arn: string) {
    return [...this.kept.values()].find((each) => each.arn === arn || each.arn.slice(0, -7) === arn)
  }
}

function present(record: Secret | OlderSecret): Secret {
  if ('versions' in record) return record
  const { name, arn, text, version, created } = record
  const versions = text === undefined ? [] : [{ id: version, text, stages: [current], created }]
  return { name, arn, versions, created, changed: created }
}

/** @throws ServiceError 400 */
function checkName(name: string): void {
  if (/^[\w/+=.@!-]{1,512}$/.test(name)) return
  throw refusal(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  )
}

/** By the Region of its ARN: a call in another Region may name the secret. */
function keyOf({ arn, name }: Secret): string {
  return `${arn.split(':')[3]} ${name}`
}

export function newArn({ region, account }: Call, name: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  const ending = Array.from(randomBytes(6), (byte) => letters[byte % letters.length]).join('')
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${name}-${ending}`
}
