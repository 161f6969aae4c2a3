import type { WholeAlarm } from '../../release/values/alarms.ts'
import { identifiers } from './identifiers.ts'
import { propertiesOf } from './properties.ts'

/** A CloudFormation template in JSON, with each alarm as a resource. */
export function alarmsTemplate(alarms: readonly WholeAlarm[]): string {
  const ids = identifiers(alarms, (name) =>
    name
      .split(/[^a-zA-Z0-9]+/)
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join(''),
  )
  const resources = alarms.map((alarm, index) => [
    ids[index] ?? '',
    { Type: 'AWS::CloudWatch::Alarm', Properties: propertiesOf(alarm) },
  ])
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: Object.fromEntries(resources) as object,
  }
  return JSON.stringify(template, undefined, 2)
}
