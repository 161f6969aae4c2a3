import type { Caller } from '../protocol/service.ts'
import { roleId } from './sessions.ts'

/** The caller that somebody is in a role, as GetCallerIdentity says it. */
export function assumedRole(roleArn: string, sessionName: string): Caller {
  const [, partition, , , account, resource = ''] = roleArn.split(':')
  const role = resource.split('/').at(-1)
  return {
    arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`,
    userId: `${roleId(roleArn)}:${sessionName}`,
  }
}
