import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch'
import { invalidValue, noResource } from '../query/errors.ts'
import type { Alarm } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'

/** CloudWatch's limit of tags of an alarm. */
const mostTags = 50

/** @throws ServiceError for more tags than an alarm may have, and for keys that AWS keeps for itself */
export function tagsOf(tags: readonly Tag[] = []): Record<string, string> {
  const found = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  const reserved = Object.keys(found).find((key) => /^aws:/i.test(key))
  if (reserved !== undefined)
    throw invalidValue(`The tag key ${reserved} begins with aws:, which only AWS uses.`)
  if (Object.keys(found).length > mostTags) throw invalidValue(`An alarm has at most ${mostTags} tags.`)
  return found
}

export function tagResource(book: AlarmBook) {
  return ({ ResourceARN, Tags = [] }: TagResourceInput): object => {
    const alarm = alarmOf(book, ResourceARN)
    const all = { ...alarm.tags, ...tagsOf(Tags) }
    book.tag(alarm, tagsOf(Object.entries(all).map(([Key, Value]) => ({ Key, Value }))))
    return {}
  }
}

export function untagResource(book: AlarmBook) {
  return ({ ResourceARN, TagKeys = [] }: UntagResourceInput): object => {
    const alarm = alarmOf(book, ResourceARN)
    const kept = Object.entries(alarm.tags ?? {}).filter(([key]) => !TagKeys.includes(key))
    book.tag(alarm, Object.fromEntries(kept))
    return {}
  }
}

export function listTagsForResource(book: AlarmBook) {
  return ({ ResourceARN }: ListTagsForResourceInput): ListTagsForResourceOutput => {
    const { tags = {} } = alarmOf(book, ResourceARN)
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
  }
}

/** @throws ServiceError for an ARN of no alarm of the Region */
function alarmOf(book: AlarmBook, arn = ''): Alarm {
  const alarm = book.all().find((one) => one.arn === arn)
  if (!alarm) throw noResource(arn)
  return alarm
}
