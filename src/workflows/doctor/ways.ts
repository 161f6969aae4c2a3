import type { Advice, Ways } from '../../gates/doctor/diagnosis.ts'
import { ownerFrom, ownerWords } from '../../release/values/owner.ts'
import { awsCommand, commandFor } from '../run/run.ts'
import type { Examined, Patient } from './examined.ts'

/** The fields that are lambdactl's for a function of another tool too. */
const alwaysOurs = ['release', 'alarms']

/** The ways to change an examined function, by its owner. */
export function waysOf(examined: Examined): Ways {
  const { target } = examined
  return {
    set: (fields) => setting(examined, fields),
    command: (verb, ...more) => commandFor(target, verb, ...more),
    aws: (operation, ...words) => awsCommand(target, operation, words),
  }
}

/** A command about all functions of a function's environment, ready for a shell. */
export function environmentCommand({ target }: Patient, verb: string, ...more: string[]): string {
  const { environment, placeFlags = [] } = target
  return ['lambdactl', verb, '--env', environment, ...placeFlags, ...more].join(' ')
}

function setting({ target, declared, latest, lines }: Examined, fields: object): Advice {
  const { manages, configName } = declared
  const isOurs = manages === 'function' || Object.keys(fields).every((field) => alwaysOurs.includes(field))
  if (!isOurs) {
    const owner = ownerFrom(latest.tags)
    const who = owner ? ownerWords(owner) : 'the tool that makes the function'
    return { next: [`Set it in ${who}: ${JSON.stringify(fields).replaceAll('"', '')}`] }
  }
  const text = lines({ ...fields }).join('\n')
  return {
    mends: [
      { where: `In ${configName}`, language: 'yaml', text },
      { where: 'Then', language: 'sh', text: commandFor(target, 'deploy') },
    ],
  }
}
