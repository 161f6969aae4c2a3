import { randomBytes } from 'node:crypto'
import { ownEntry } from '../../own-entry.ts'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { KeptMap } from '../../state/kept-map.ts'
import type { ApiRecord } from './records.ts'

/** All APIs by their ids, which no two Regions share. */
export type ApiStore = KeptMap<ApiRecord>

export function createApiStore(): ApiStore {
  return new KeptMap('http-api')
}

export function apisIn(store: ApiStore, region: string): ApiRecord[] {
  return [...store.values()].filter((api) => api.region === region)
}

/** @throws ServiceError 404 */
export function requireApi(store: ApiStore, call: Call, id: string | undefined): ApiRecord {
  const api = store.get(id ?? '')
  if (api?.region === call.region) return api
  throw notFound(`Invalid API identifier specified ${call.account}:${id}`)
}

/** @throws ServiceError 404 */
export function requireIn<Item>(items: Readonly<Record<string, Item>>, kind: string, id = ''): Item {
  const found = ownEntry(items, id)
  if (found !== undefined) return found
  if (kind === 'Stage') throw notFound(`Unable to find Stage by name ${id} within the provided API`)
  throw notFound(`Invalid ${kind} identifier specified ${id}`)
}

/** Lower-case letters and digits, as in API Gateway's ids. */
export function newId(length: number): string {
  return Array.from(randomBytes(length), (byte) => (byte % 36).toString(36)).join('')
}

/** 404. */
function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', 404, message)
}

/** 400. */
export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', 400, message)
}

/** 409. */
export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', 409, message)
}
