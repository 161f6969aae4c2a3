import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus,
  ListEventBusesRequest,
  ListEventBusesResponse,
} from '@aws-sdk/client-eventbridge'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalid } from '../rules/errors.ts'
import { type BusRecord, busArn, defaultBus, type RuleBook } from '../rules/records.ts'
import { pageOfNames } from './page.ts'
import { requestedBus } from './requested.ts'
import { tagsIn } from './tags.ts'

export function busOperations(book: RuleBook, clock: () => number): Operations {
  return {
    CreateEventBus: accepting<CreateEventBusRequest>(['Name', 'Tags', 'Description'], (input, call) =>
      createBus(book, input, call, clock()),
    ),
    DeleteEventBus: ({ Name = '' }: DeleteEventBusRequest, call) => deleteBus(book, Name, call),
    DescribeEventBus: ({ Name }: DescribeEventBusRequest, call): DescribeEventBusResponse => {
      const name = requestedBus(book, call, Name)
      return shown(call, name, book.buses.get(busArn(call, name)))
    },
    ListEventBuses: (input: ListEventBusesRequest, call): ListEventBusesResponse => {
      const made = [...book.buses.values()].filter(({ region }) => region === call.region)
      const buses = [shown(call, defaultBus, undefined), ...made.map((bus) => shown(call, bus.name, bus))]
      const { items, next } = pageOfNames(buses, input)
      return { EventBuses: items, NextToken: next }
    },
  }
}

function createBus(
  book: RuleBook,
  { Name = '', Tags, Description }: CreateEventBusRequest,
  call: Call,
  now: number,
): CreateEventBusResponse {
  // Names of partners' buses have it.
  if (Name.includes('/')) throw invalid(`Event bus name ${Name} must not contain '/'.`)
  if (book.hasBus(call, Name))
    throw new ServiceError('ResourceAlreadyExistsException', 400, `Event bus ${Name} already exists.`)
  const arn = busArn(call, Name)
  const description = Description === undefined ? {} : { description: Description }
  book.buses.set(arn, {
    arn,
    name: Name,
    region: call.region,
    tags: tagsIn(Tags),
    ...description,
    created: now,
  })
  return { EventBusArn: arn, Description }
}

/** A bus that is not there is deleted already. */
function deleteBus(book: RuleBook, name: string, call: Call): object {
  if (name === defaultBus) throw invalid('Cannot delete event bus default.')
  if (book.rulesOf(call, name).length > 0)
    throw invalid(`Cannot delete event bus ${name} because it has rules.`)
  book.buses.delete(busArn(call, name))
  return {}
}

function shown(call: Call, name: string, bus: BusRecord | undefined): EventBus & { Name: string } {
  const made = bus && { CreationTime: new Date(bus.created), LastModifiedTime: new Date(bus.created) }
  return { Name: name, Arn: busArn(call, name), Description: bus?.description, ...made }
}
