import type { Owner } from '../../../release/values/owner.ts'
import type { Mend } from '../diagnosis.ts'
import type { Names } from './names.ts'

/** Lists the versions and aliases that a stack makes. SAM may make those that it never moves. */
export function stackCommand({ stack, tool }: Owner & { stack: string }, { awsCli }: Names): Mend {
  const { program, flags } = awsCli
  const isPublished = ['Alias', 'Version'].map((type) => `ResourceType=='AWS::Lambda::${type}'`).join('||')
  const query = `"StackResourceSummaries[?${isPublished}].[ResourceType,LogicalResourceId]"`
  return {
    where: `To see the versions and aliases that the stack makes; expected: none${tool === 'SAM' ? ', or those of a fixed AutoPublishCodeSha256' : ''}`,
    language: 'sh',
    text: [
      `${program} cloudformation list-stack-resources --stack-name ${stack} --output text --query ${query}`,
      ...flags,
    ].join(' '),
  }
}
