import type {
  AddTagsToStreamInput,
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  ListTagsForStreamInput,
  ListTagsForStreamOutput,
  RemoveTagsFromStreamInput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-kinesis'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { invalidArgument } from '../storage/errors.ts'
import type { KinesisStore } from '../storage/store.ts'
import type { OpenStream } from '../storage/stream.ts'
import { type Named, naming, requestedStream } from './requested-stream.ts'

const mostTags = 50

/** Tags in the older form by the stream's name, and in the newer one by its ARN. */
export function tagOperations(store: KinesisStore): Operations {
  const at = (named: Named, call: Call) => requestedStream(store, call, named)
  return {
    AddTagsToStream: accepting<AddTagsToStreamInput>([...naming, 'Tags'], (input, call) =>
      add(store, at(input, call), input.Tags),
    ),
    RemoveTagsFromStream: accepting<RemoveTagsFromStreamInput>([...naming, 'TagKeys'], (input, call) =>
      remove(store, at(input, call), input.TagKeys),
    ),
    ListTagsForStream: accepting<ListTagsForStreamInput>(
      [...naming, 'ExclusiveStartTagKey', 'Limit'],
      (input, call): ListTagsForStreamOutput => {
        const { ExclusiveStartTagKey: after = '', Limit: most = mostTags } = input
        const tags = listed(at(input, call)).filter(({ Key = '' }) => Key > after)
        return { Tags: tags.slice(0, most), HasMoreTags: tags.length > most }
      },
    ),
    TagResource: accepting<TagResourceInput>(['ResourceARN', 'Tags'], (input, call) =>
      add(store, at({ StreamARN: input.ResourceARN }, call), input.Tags),
    ),
    UntagResource: accepting<UntagResourceInput>(['ResourceARN', 'TagKeys'], (input, call) =>
      remove(store, at({ StreamARN: input.ResourceARN }, call), input.TagKeys),
    ),
    ListTagsForResource: accepting<ListTagsForResourceInput>(
      ['ResourceARN'],
      (input, call): ListTagsForResourceOutput => ({
        Tags: listed(at({ StreamARN: input.ResourceARN }, call)),
      }),
    ),
  }
}

function add(store: KinesisStore, opened: OpenStream, given: Readonly<Record<string, string>> = {}): object {
  const tags = { ...opened.stream.tags, ...given }
  checkTags(tags)
  store.change(opened, { tags })
  return {}
}

function remove(store: KinesisStore, opened: OpenStream, keys: readonly string[] = []): object {
  const kept = Object.entries(opened.stream.tags).filter(([key]) => !keys.includes(key))
  store.change(opened, { tags: Object.fromEntries(kept) })
  return {}
}

function listed({ stream }: OpenStream): Tag[] {
  return Object.entries(stream.tags)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }))
}

/** @throws ServiceError 400 */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const count = Object.keys(tags).length
  if (count <= mostTags) return
  throw invalidArgument(
    `Failed to add tags. A resource can have at most ${mostTags} tags, and this one would have ${count}.`,
  )
}
