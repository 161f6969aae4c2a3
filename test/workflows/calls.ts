import { LambdactlError } from '../../src/errors/error.ts'
import type { FakeClock } from './fake-clock.ts'

/** One call of a port. */
export interface Call {
  /** As in `aliases.update`. */
  name: string
  /** The how manieth of its name, from 1. */
  nth: number
  time: number
}

/** The failure of a call, before or after it took effect. */
export interface Fault {
  error: Error
  takesEffect?: boolean
}

export interface Calls {
  /** Each decides whether something goes wrong with a call; it may also do something first. */
  faults: ((call: Call) => Fault | undefined)[]
  made: Call[]
  perform<Answer>(name: string, effect: () => Answer): Promise<Answer>
}

/** More calls than any test makes: a loop that never ends fails. */
const most = 5000

export function recordedCalls(clock: FakeClock): Calls {
  const calls: Calls = {
    faults: [],
    made: [],
    async perform(name, effect) {
      const nth = calls.made.filter((call) => call.name === name).length + 1
      const call = { name, nth, time: clock.now() }
      calls.made.push(call)
      if (calls.made.length > most) throw new Error(`More than ${most} calls were made.`)
      const fault = calls.faults.map((find) => find(call)).find((found) => found !== undefined)
      if (fault && !fault.takesEffect) throw fault.error
      const answer = effect()
      if (fault) throw fault.error
      return answer
    },
  }
  return calls
}

export function awsError(code: ConstructorParameters<typeof LambdactlError>[0], text = `AWS said ${code}`) {
  return new LambdactlError(code, text)
}

/** Nothing answers from one time to another, and nothing takes effect. */
export function outage(from: number, to: number, error: Error = awsError('AWS_UNAVAILABLE')) {
  return ({ time }: Call) => (time >= from && time < to ? { error } : undefined)
}

/** One call of a name fails, after it took effect or before. */
export function failing(name: string, nth: number, fault: Fault) {
  return (call: Call) => (call.name === name && call.nth === nth ? fault : undefined)
}

/** Something happens just before a call. */
export function before(name: string, nth: number, action: () => void) {
  return (call: Call) => {
    if (call.name === name && call.nth === nth) action()
    return undefined
  }
}
