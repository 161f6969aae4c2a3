import type { Filter, ListSecretsRequest, ListSecretsResponse } from '@aws-sdk/client-secrets-manager'
import { accepting, notImplemented } from '../protocol/accepting.ts'
import { numberKey, type Page, pageOf } from '../protocol/paging.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { described, listed } from './described.ts'
import { refusal } from './errors.ts'
import type { Secret } from './secret.ts'
import { invalidToken } from './stages.ts'
import type { SecretStore } from './store.ts'

export function listSecretsOperation(store: SecretStore): Operations {
  return {
    ListSecrets: accepting<ListSecretsRequest>(
      ['IncludePlannedDeletion', 'MaxResults', 'NextToken', 'Filters', 'SortOrder', 'SortBy'],
      (input, call) => listSecrets(store, input, call),
    ),
  }
}

function listSecrets(store: SecretStore, input: ListSecretsRequest, call: Call): ListSecretsResponse {
  const { items, next } = secretsPage(store, input, call)
  return { SecretList: items.map(listed), ...(next !== undefined && { NextToken: next }) }
}

/** A page of the secrets that match all filters. */
export function secretsPage(store: SecretStore, input: ListSecretsRequest, call: Call): Page<Secret> {
  const { MaxResults = 100, SortBy = 'created-date', SortOrder, Filters = [] } = input
  const secrets = store
    .all(call)
    .filter(({ deleted }) => input.IncludePlannedDeletion || deleted === undefined)
    .filter((secret) => Filters.every((filter) => matches(secret, filter)))
  return pageOf(secrets, (secret) => orderOf(secret, SortBy), {
    size: MaxResults,
    token: input.NextToken,
    // The newest secret comes first, as in AWS.
    descending: SortOrder === undefined ? SortBy !== 'name' : SortOrder === 'desc',
    invalidToken,
  })
}

function orderOf({ name, created, changed, accessed = 0 }: Secret, by: string): string {
  if (by === 'name') return name
  const time = by === 'last-changed-date' ? changed : by === 'last-accessed-date' ? accessed : created
  return `${numberKey(time)} ${name}`
}

/**
 * A value matches by its beginning; a value with `!` excludes. In descriptions each word of a value matches by itself.
 */
function matches(secret: Secret, { Key, Values = [] }: Filter): boolean {
  const { Description = '', Tags = [] } = described(secret)
  const texts = {
    name: [secret.name],
    description: Description.split(/\s+/),
    'tag-key': Tags.map((tag) => tag.Key ?? ''),
    'tag-value': Tags.map((tag) => tag.Value ?? ''),
    all: [
      secret.name,
      ...Description.split(/\s+/),
      ...Tags.flatMap((tag) => [tag.Key ?? '', tag.Value ?? '']),
    ],
  }
  const found = Object.entries(texts).find(([key]) => key === Key)?.[1]
  if (Key === undefined) throw refusal('InvalidParameterException', 'Invalid filter key')
  if (!found) throw notImplemented(`the filter ${Key}`)
  const isCaseless = Key === 'description' || Key === 'all'
  const begins = (text: string, value: string) =>
    isCaseless ? text.toLowerCase().startsWith(value.toLowerCase()) : text.startsWith(value)
  const isFound = (value: string) =>
    (isCaseless ? value.split(/\s+/) : [value]).every((part) => found.some((text) => begins(text, part)))
  const excluded = Values.filter((value) => value.startsWith('!')).map((value) => value.slice(1))
  const wanted = Values.filter((value) => !value.startsWith('!'))
  if (excluded.some(isFound)) return false
  return wanted.length === 0 || wanted.some(isFound)
}
