import { alarmsTemplate } from '../../operation/alarms/cloudformation.ts'
import { definitionsOf } from '../../operation/alarms/definitions.ts'
import { alarmsHcl } from '../../operation/alarms/terraform.ts'
import type { EnsureAsked } from './ensure.ts'

/** Alarms for another tool that keeps them. */
export interface PrintedAlarms {
  format: 'cloudformation' | 'terraform'
  text: string
}

/** The alarms that the file wants, as another tool's text: a CloudFormation template in JSON, or Terraform's HCL. */
export function printAlarms(asked: readonly EnsureAsked[], format: PrintedAlarms['format']): PrintedAlarms {
  const alarms = asked.flatMap(({ target, wanted }) => definitionsOf(target, wanted))
  return { format, text: format === 'terraform' ? alarmsHcl(alarms) : alarmsTemplate(alarms) }
}
